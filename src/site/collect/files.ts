import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { slugify } from '../../core/slug.ts';
import { decode, follow, isSafeName } from '../page/address.ts';
import type { Page } from '../page/page.ts';
import { parsePagePath } from '../page/parse-path.ts';
import { type PicturePlan, planPicture } from '../pictures/variants.ts';
import type { AssetSource, Dimensions, SiteSources, TextSource, ThemeAsset } from '../source/sources.ts';

/** A file of the release that is copied as it is, or a text that was made here. */
type PublishedFile =
  | { readonly address: string; readonly source: AssetSource }
  | { readonly address: string; readonly file: string; readonly text: string };

/** Pictures, downloads and theme files, with the addresses they get. */
export interface SiteFiles {
  readonly published: readonly PublishedFile[];
  /** The theme's files by name, for `{{assets.[theme.css]}}`. */
  readonly assets: ReadonlyMap<string, string>;
  /** The address of a file that lies beside a page; undefined where there is none. */
  beside(folder: string, path: string): string | undefined;
  isStatic(path: string): boolean;
  /** Of a picture, by its address as it stands in a page. */
  dimensions(address: string): Dimensions | undefined;
  /** What is made of a picture; undefined for a drawing, an animation, or what is no picture. */
  picture(address: string): PicturePlan | undefined;
  readonly hasRasters: boolean;
}

/**
 * Gives every file its address. What lies in the folder of a page (`index.md`, `_index.md`) goes where the page
 * goes, and only with it: the pictures of a draft are not published.
 *
 * @throws ADDRESS_UNSAFE
 */
export function arrangeFiles(
  sources: SiteSources,
  { visible, all, locales }: { visible: readonly Page[]; all: readonly Page[]; locales: readonly string[] },
): SiteFiles {
  const published: PublishedFile[] = [];
  const besidePages = new Map<string, string>();
  const bundles = bundleAddresses(visible, all, locales);
  for (const source of sources.resources) {
    const address = resourceAddress(source, bundles);
    if (address === undefined) continue;
    besidePages.set(source.path, address);
    published.push({ address, source });
  }
  const statics = new Set<string>();
  for (const source of sources.statics) {
    checkNames(source);
    statics.add(source.path);
    published.push({ address: `/${source.path}`, source });
  }
  const assets = hashedAssets(sources.assets);
  published.push(...assets.files);
  const pictures = new Map<string, AssetSource>();
  for (const file of published)
    if ('source' in file && file.source.dimensions) pictures.set(file.address, file.source);
  const plans = new Map<string, PicturePlan | undefined>();
  return {
    published,
    assets: assets.addresses,
    beside: (folder, path) => {
      const target = follow(folder, path);
      return target === undefined ? undefined : besidePages.get(target);
    },
    isStatic: (path) => statics.has(path),
    dimensions: (address) => pictures.get(decode(address))?.dimensions,
    picture(written) {
      const address = decode(written);
      const source = pictures.get(address);
      if (source && !plans.has(address)) plans.set(address, planPicture(source, address));
      return plans.get(address);
    },
    hasRasters: [...pictures.values()].some(({ raster }) => raster !== undefined),
  };
}

/** Folder → address of the page it belongs to; undefined while that page is not on the site. */
function bundleAddresses(visible: readonly Page[], all: readonly Page[], locales: readonly string[]) {
  const bundles = new Map<string, string | undefined>();
  const isBundle = ({ path }: Page) => path !== '' && /^_?index$/.test(parsePagePath(path, locales).name);
  for (const page of all) if (isBundle(page)) bundles.set(page.folder, undefined);
  const mainFirst = (page: Page) => locales.indexOf(page.lang);
  for (const page of [...visible].sort((a, b) => mainFirst(b) - mainFirst(a)))
    if (isBundle(page)) bundles.set(page.folder, page.url.slice(0, page.url.lastIndexOf('/') + 1));
  return bundles;
}

function resourceAddress(source: AssetSource, bundles: Map<string, string | undefined>): string | undefined {
  checkNames(source);
  const parts = source.path.split('/');
  for (let length = parts.length - 1; length >= 0; length--) {
    const folder = parts.slice(0, length).join('/');
    if (!bundles.has(folder)) continue;
    const base = bundles.get(folder);
    const inside = parts.slice(length);
    return base === undefined ? undefined : base + inside.join('/');
  }
  return `/${[...parts.slice(0, -1).map(slugify), parts.at(-1)].join('/')}`;
}

function checkNames({ path, file }: AssetSource): void {
  if (!path.split('/').every(isSafeName)) throw fail('ADDRESS_UNSAFE', { file, address: `/${path}` });
}

/** Theme files under names that carry their hash, so that a browser may keep them for ever. */
function hashedAssets(sources: readonly ThemeAsset[]) {
  const byName = new Map(sources.map((source) => [source.path, source]));
  const addresses = new Map<string, string>();
  const files: PublishedFile[] = [];
  const open = new Set<string>();
  const place = (source: ThemeAsset): string => {
    const known = addresses.get(source.path);
    if (known) return known;
    checkNames(source);
    open.add(source.path);
    const text = source.text === undefined ? undefined : withHashedNames(source as TextSource & ThemeAsset);
    const address = hashedName(source.path, text === undefined ? source.sha256 : sha256(text));
    files.push(text === undefined ? { address, source } : { address, file: source.file, text });
    addresses.set(source.path, address);
    open.delete(source.path);
    return address;
  };
  const withHashedNames = ({ path, text }: TextSource): string =>
    text.replace(/url\(\s*(['"]?)([^'")]+)\1\s*\)/g, (whole, quote: string, written: string) => {
      if (/^(data:|#|\/|[a-z]+:)/i.test(written)) return whole;
      const [name = '', ending = ''] = written.split(/(?=[?#])/);
      const target = byName.get(
        follow(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', name) ?? '',
      );
      if (!target || open.has(target.path)) return whole;
      return `url(${quote}${relativeTo(path, place(target))}${ending}${quote})`;
    });
  for (const source of sources) place(source);
  return { addresses, files };
}

const hashedName = (path: string, hash: string) =>
  `/assets/${path.replace(/(\.[^./]+)?$/, (ending) => `.${hash.slice(0, 10)}${ending}`)}`;

/** A hashed name as the stylesheet at `path` must write it: the site may live below a folder. */
const relativeTo = (path: string, address: string) =>
  '../'.repeat(path.split('/').length - 1) + address.slice('/assets/'.length);
