import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FoundFile } from '../sources/walk.ts';
import { folderInside } from './inside.ts';

const PAGE = /\.(md|markdown|mdx)$/i;

/**
 * The Markdown pages of a generator's project. The content folder may be the project itself, so what is installed,
 * hidden, built or a link to somewhere else is passed over: it is nobody's page.
 *
 * @param name what errors call a location
 * @throws SYMLINK_REFUSED where the content folder is a link
 */
export function contentFiles(
  siteDir: string,
  { content, output }: { readonly content: string; readonly output: string },
  name: (location: string) => string,
): FoundFile[] {
  const found: FoundFile[] = [];
  const built = resolve(siteDir, output);
  const enter = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const location = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || location === built) continue;
      if (entry.isDirectory()) enter(location, `${prefix}${entry.name}/`);
      else if (entry.isFile() && PAGE.test(entry.name)) found.push({ path: prefix + entry.name, location });
    }
  };
  const start = folderInside(siteDir, content, name);
  if (start !== undefined) enter(start, '');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
