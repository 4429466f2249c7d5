import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryHost } from '../../src/adapters/hosts/directory.ts';
import type { Host } from '../../src/publish/index.ts';
import { type Files, testClock } from '../support/publication.ts';
import { seeded } from './seeded.ts';

/** Two releases that share some files, change some, and lack some of the other's. */
export interface SitePair {
  readonly old: Files;
  readonly new: Files;
}

export const oldSite: Files = {
  'index.html': 'home, old',
  'about/index.html': 'about',
  'prices/index.html': 'prices, old',
  'gone/deep/index.html': 'gone',
  'assets/site.css': 'css',
  'sitemap.xml': 'map, old',
};
export const newSite: Files = {
  'index.html': 'home, new',
  'about/index.html': 'about',
  'prices/index.html': 'prices, new',
  'fresh/index.html': 'fresh',
  'fresh/menu/index.html': 'menu',
  'courses/index.html': 'courses',
  'assets/site.css': 'css',
  'assets/site.js': 'js',
  'sitemap.xml': 'map, new',
};
const usual: SitePair = { old: oldSite, new: newSite };

/** A file of somebody else's, which must outlive everything. */
export const theirs = { path: 'theirs.txt', text: 'from before' };

const PAGES = 14;

/** The usual pair for 0, and another one for each further number. */
export function sitePair(n: number): SitePair {
  if (n === 0) return usual;
  const chance = seeded(n);
  const paths = Array.from({ length: PAGES }, (_, k) => {
    const folders = Array.from(
      { length: Math.floor(chance() * 3) },
      () => `part-${Math.floor(chance() * 3)}`,
    );
    return [...folders, k % 4 === 0 ? `file-${k}.css` : `page-${k}.html`].join('/');
  });
  const half = (site: string, always: Files) => {
    const pages = paths.flatMap((path) =>
      chance() < 0.7 ? [[path, chance() < 0.5 ? path : `${path}, ${site}`] as const] : [],
    );
    return { ...always, ...Object.fromEntries(pages) };
  };
  return { old: half('old', { 'index.html': 'home, old' }), new: half('new', { 'index.html': 'home, new' }) };
}

const target = 'file:public/kaldi';
export const webRoot = (workspace: string) => join(workspace, 'public/kaldi');

export const hostIn = (workspace: string): Host =>
  directoryHost({ target, folder: webRoot(workspace), workspace, clock: testClock });

/** What a visitor can get. */
export function served(workspace: string): Files {
  const root = webRoot(workspace);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => lstatSync(join(root, path)).isFile() && !path.endsWith('.tmp'),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Whether two sites have the same files. */
export const isSame = (a: Files, b: Files): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (files: Files) => Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Whether every file is a whole old or a whole new one, and nothing that both have is missing.
 *
 * @param gap how many files may be, all the same
 */
export function isWhole(live: Files, pair: SitePair = usual, gap = 0): boolean {
  const known = Object.entries(live).every(
    ([path, text]) =>
      text === pair.old[path] || text === pair.new[path] || (path === theirs.path && text === theirs.text),
  );
  return known && Object.keys(pair.old).filter((path) => path in pair.new && !(path in live)).length <= gap;
}
