import { lstatSync, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { fail } from '../../core/errors/index.ts';

export interface FoundFile {
  /** Below the folder, with forward slashes. */
  readonly path: string;
  readonly location: string;
}

/**
 * All files below a folder, sorted by path. Hidden ones are passed over, but for `.well-known`; a folder that is
 * not there is an empty one.
 *
 * @param name what errors call a location
 * @throws SYMLINK_REFUSED
 */
export function walk(dir: string, name: (location: string) => string): FoundFile[] {
  if (lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink())
    throw fail('SYMLINK_REFUSED', { file: name(dir) });
  const found: FoundFile[] = [];
  const enter = (folder: string, prefix: string) => {
    for (const entry of entriesOf(folder)) {
      if (entry.name.startsWith('.') && entry.name !== '.well-known') continue;
      const location = folder + sep + entry.name;
      if (entry.isSymbolicLink()) throw fail('SYMLINK_REFUSED', { file: name(location) });
      if (entry.isDirectory()) enter(location, `${prefix}${entry.name}/`);
      else if (entry.isFile()) found.push({ path: prefix + entry.name, location });
    }
  };
  enter(dir, '');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function entriesOf(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
