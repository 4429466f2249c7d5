import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';

/**
 * Absolute path of a folder below another one; undefined where there is no such folder.
 *
 * @throws SYMLINK_REFUSED where a link lies on the way
 */
export function folderInside(
  dir: string,
  folder: string,
  name: (location: string) => string,
): string | undefined {
  let location = dir;
  for (const part of folder.split('/').filter((one) => one !== '' && one !== '.')) {
    location = join(location, part);
    const found = lstatSync(location, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) throw fail('SYMLINK_REFUSED', { file: name(location) });
    if (!found?.isDirectory()) return undefined;
  }
  return location;
}
