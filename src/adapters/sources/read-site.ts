import { join, sep } from 'node:path';
import type {
  AssetSource,
  PageSource,
  SiteSources,
  TextSource,
  ThemeAsset,
} from '../../site/source/sources.ts';
import type { Measure } from '../images/measure.ts';
import type { KnownFiles } from './known-files.ts';
import { type NameOf, readText } from './read-files.ts';
import { type FoundFile, walk } from './walk.ts';

export interface SiteFolders {
  /** `sites/<client>` */
  readonly site: string;
  /** `templates/site/<theme>` */
  readonly theme: string;
  /** Pictures from outside the site's folder, with their paths on the site. */
  readonly extra: readonly FoundFile[];
}

/** Is told each page once it is read. */
export type ReadEach = (page: PageSource) => void;

export interface ReadTools {
  readonly name: NameOf;
  readonly measure: Measure;
  readonly known: KnownFiles;
  readonly expect?: ((pages: number) => ReadEach | undefined) | undefined;
}

/**
 * Reads all that a site is made of. What the client has of the same name goes before the theme's.
 *
 * @param name what errors call a location
 * @param known files that need not be read again
 * @param expect is told how many pages must be read, before they are, and may want to be told each
 * @throws SYMLINK_REFUSED, FILE_NOT_TEXT
 */
export async function readSite(
  folders: SiteFolders,
  { name, measure, known, expect }: ReadTools,
): Promise<SiteSources> {
  const both = (folder: string): FoundFile[] => {
    const files = new Map(walk(join(folders.theme, folder), name).map((file) => [file.path, file]));
    for (const file of walk(join(folders.site, folder), name)) files.set(file.path, file);
    return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  };
  const texts = (files: readonly FoundFile[], ending: RegExp): TextSource[] =>
    files.filter(({ path }) => ending.test(path)).map((file) => readText(file, name));
  const assets = (files: readonly FoundFile[]): Promise<AssetSource[]> =>
    Promise.all(files.map((file) => measure(known.asset(file, name))));

  const contentDir = join(folders.site, 'content');
  const content = walk(contentDir, name);
  const pageName = namesIn(contentDir, name);
  const isPage = ({ path }: FoundFile) => /\.md$/i.test(path);
  const pages = content.filter(isPage);
  const tell = expect?.(pages.length - known.size);
  return {
    content: pages.map((file) => {
      const page = known.page(file, pageName);
      tell?.(page);
      return page;
    }),
    fronts: known.fronts,
    resources: await assets(content.filter((file) => !isPage(file))),
    statics: await assets([...both('static'), ...folders.extra]),
    data: texts(walk(join(folders.site, 'data'), name), /\.(ya?ml|json)$/),
    layouts: texts(both('layouts'), /\.(hbs|handlebars)$/),
    partials: texts(both('partials'), /\.(hbs|handlebars)$/),
    i18n: texts(both('i18n'), /\.(ya?ml|json)$/),
    assets: await themeAssets(both('assets'), name, (file) => measure(known.asset(file, name))),
  };
}

/** The same names for what is in one folder, without following every path from the root. */
function namesIn(folder: string, name: NameOf): NameOf {
  const base = name(folder);
  const below = (location: string) => location.slice(folder.length);
  return sep === '/'
    ? (location) => base + below(location)
    : (location) => base + below(location).replaceAll(sep, '/');
}

function themeAssets(
  files: readonly FoundFile[],
  name: NameOf,
  read: (file: FoundFile) => Promise<AssetSource>,
): Promise<ThemeAsset[]> {
  return Promise.all(
    files.map(async (file) => {
      const asset = await read(file);
      return file.path.endsWith('.css') ? { ...asset, text: readText(file, name).text } : asset;
    }),
  );
}
