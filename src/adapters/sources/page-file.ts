import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type Digest, sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { writeFileAtomic } from '../files/atomic.ts';

/**
 * Replaces a page's file in one step, if it is still what the edit started from.
 *
 * @param from content hash of the text that was edited; undefined for a page that must not be there yet
 * @param name what errors call the file
 * @throws EDIT_CONFLICT, PAGE_EXISTS; nothing was written then
 */
export function writePage(location: string, text: string, from: Digest | undefined, name: string): void {
  const isThere = existsSync(location);
  if (from === undefined && isThere) throw fail('PAGE_EXISTS', { file: name });
  if (from !== undefined && (!isThere || sha256(readFileSync(location)) !== from))
    throw fail('EDIT_CONFLICT', { file: name });
  writeFileAtomic(location, text, isThere ? statSync(location).mode & 0o777 : 0o644);
}

/** Removes a page's file, if it is still what the edit started from. @throws EDIT_CONFLICT */
export function removePage(location: string, from: Digest, name: string): void {
  if (!existsSync(location) || sha256(readFileSync(location)) !== from)
    throw fail('EDIT_CONFLICT', { file: name });
  rmSync(location);
}
