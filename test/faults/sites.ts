import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryHost } from '../../src/adapters/hosts/directory.ts';
import type { Host } from '../../src/publish/index.ts';
import { type Files, testClock } from '../support/publication.ts';

/** Two releases that share some files, change some, and lack some of the other's. */
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

/** A file of somebody else's, which must outlive everything. */
export const theirs = { path: 'theirs.txt', text: 'from before' };

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

/** Whether every file is a whole old or a whole new one, and nothing that both have is missing. */
export function isWhole(live: Files): boolean {
  const known = Object.entries(live).every(
    ([path, text]) =>
      text === oldSite[path] || text === newSite[path] || (path === theirs.path && text === theirs.text),
  );
  return known && Object.keys(oldSite).every((path) => !(path in newSite) || path in live);
}
