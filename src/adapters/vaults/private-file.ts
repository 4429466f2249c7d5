import { lstatSync, readFileSync } from 'node:fs';

/**
 * The bytes of a file that only its owner may read.
 *
 * @param broken makes the error of a problem in words
 * @returns undefined where there is no such file
 */
export function readPrivate(path: string, broken: (problem: string) => Error): Buffer | undefined {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (!there) return undefined;
  if (!there.isFile()) throw broken('there is no plain file where they are kept');
  if (process.platform !== 'win32' && (there.mode & 0o077) !== 0)
    throw broken('other users of this computer may read the file; take that right away (chmod 600)');
  return readFileSync(path);
}
