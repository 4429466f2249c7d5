import { fail, type Place } from '../../core/errors/index.ts';
import { slugify } from '../../core/slug.ts';
import type { FrontMatter } from '../source/front-matter.ts';
import type { Fronts } from '../source/fronts.ts';
import { readFront } from '../source/read-front.ts';
import type { TextSource } from '../source/sources.ts';
import { siteAddress, slugPart } from './address.ts';
import { readMoment } from './moment.ts';
import type { Page, PageKind } from './page.ts';
import { type PagePath, parsePagePath } from './parse-path.ts';

export interface SiteSettings {
  readonly locales: readonly string[];
  readonly timezone: string;
}

/**
 * One page of its file: fields checked, address worked out.
 *
 * @param fronts what is known of texts that were read before; what is read now is added
 * @returns the page, or the language in its name that the site does not have
 * @throws FRONT_MATTER_REFUSED, FRONT_MATTER_OPEN, YAML_BROKEN, PAGE_INVALID, ADDRESS_UNSAFE
 */
export function readPage(
  source: TextSource,
  { locales, timezone }: SiteSettings,
  fronts?: Fronts,
): Page | { foreign: string } {
  const at = parsePagePath(source.path, locales);
  if (at.foreign) return { foreign: at.foreign };
  const front = readFront(source, fronts);
  const field = fieldsOf(front, timezone);
  const kind = kindOf(at);
  const isLeafBundle = at.name === 'index' && kind === 'page';
  const own = kind === 'page' ? (isLeafBundle ? baseName(at.folder) : at.name) : '';
  const listedIn = isLeafBundle || at.name === '_index' ? parentOf(at.folder) : at.folder;
  return {
    id: source.path,
    file: source.file,
    path: source.path,
    folder: at.folder,
    lang: at.lang,
    kind,
    translationKey: field.text('translationKey') ?? at.stem,
    url: addressOf(at, kind, isLeafBundle, locales, field),
    parentFolder: kind === 'home' ? undefined : listedIn,
    section: at.folder.split('/')[0] ?? '',
    title: field.text('title')?.trim() || humanise(own || baseName(at.folder)),
    data: front.data,
    sha256: source.sha256,
    content: front,
    bodyLine: front.bodyLine,
    source: front,
    aliases: field.texts('aliases').map((alias) => siteAddress(alias, () => field.place('aliases'))),
    date: field.moment('date'),
    lastmod: field.moment('lastmod'),
    publishDate: field.moment('publishDate'),
    expiryDate: field.moment('expiryDate'),
    draft: field.flag('draft'),
    weight: field.number('weight'),
  };
}

/** The beginning of a language's addresses: `/` for the main one, `/en/` for another. */
export const languageRoot = (lang: string, locales: readonly string[]) =>
  lang === locales[0] ? '/' : `/${lang.toLowerCase()}/`;

/** `_` and hyphens as spaces, a capital first: a title for what has none. */
export function humanise(name: string): string {
  const words = name.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const parentOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');

function kindOf({ folder, name }: PagePath): PageKind {
  if (folder === '' && (name === '_index' || name === 'index')) return 'home';
  if (folder === '' && name === '404') return 'notFound';
  return name === '_index' ? 'section' : 'page';
}

function addressOf(
  at: PagePath,
  kind: PageKind,
  isLeafBundle: boolean,
  locales: readonly string[],
  field: Fields,
): string {
  const root = languageRoot(at.lang, locales);
  const place = () => field.place('url');
  const url = field.text('url');
  if (kind === 'notFound') return `${root}404.html`;
  if (url !== undefined) return siteAddress(url.startsWith('/') ? url : root + url, place);
  const folders = (isLeafBundle || kind === 'section' ? parentOf(at.folder) : at.folder)
    .split('/')
    .filter(Boolean)
    .map(slugify);
  if (kind === 'home') return root;
  const name = at.name === '_index' || isLeafBundle ? baseName(at.folder) : at.name;
  const written = field.text('slug');
  const slug = written === undefined ? slugify(name) : slugPart(written, () => field.place('slug'));
  return siteAddress(`${root}${[...folders, slug].join('/')}/`, place);
}

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(front: FrontMatter, timezone: string) {
  const { data } = front;
  const place = (name: string): Place => front.yaml.place([name]);
  const refuse = (name: string, problem: string, fits: string): never => {
    throw fail('PAGE_INVALID', { ...place(name), problem, fits });
  };
  const text = (name: string): string | undefined => {
    const value = data[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object') return refuse(name, 'a text was expected', `Write one line: ${name}: …`);
    return String(value);
  };
  return {
    place,
    text,
    texts: (name: string): string[] => {
      const value = data[name] ?? [];
      return (Array.isArray(value) ? value : [value]).map(String);
    },
    flag: (name: string): boolean => {
      const value = data[name];
      if (value === undefined || value === null || value === false || value === 'no') return false;
      if (value === true || value === 'yes') return true;
      return refuse(
        name,
        `"${String(value)}" is neither true nor false`,
        `Write ${name}: true or ${name}: false.`,
      );
    },
    number: (name: string): number => {
      const value = data[name] ?? 0;
      return typeof value === 'number'
        ? value
        : refuse(name, 'a number was expected', `Write ${name}: 10, for example.`);
    },
    moment: (name: string) => {
      const value = text(name);
      if (value === undefined || value === '') return undefined;
      return (
        readMoment(value, timezone) ??
        refuse(name, `"${value}" is not a date`, `Write ${name}: 2026-11-21, or ${name}: 2026-11-21T09:00.`)
      );
    },
  };
}
