import { rmSync } from 'node:fs';
import { fail } from '../../../core/errors/index.ts';
import type { FileEntry } from '../../../publish/index.ts';
import { UNTOUCHED } from '../file-by-file/stage.ts';
import { copyHashing, hashFile } from './files.ts';

/**
 * Makes `to` hold the bytes of a release's file. A whole copy from a stopped run is left; anything else there
 * makes way for a fresh file, because an old one may share its bytes with a live release.
 *
 * @throws RELEASE_DAMAGED if the source's bytes are not what was built
 */
export function bring(path: string, from: string, to: string, { sha256 }: FileEntry): void {
  const there = hashFile(to);
  if (there === sha256) return;
  if (there !== undefined) rmSync(to);
  if (copyHashing(from, to) === sha256) return;
  rmSync(to);
  throw fail('RELEASE_DAMAGED', { path, live: UNTOUCHED });
}
