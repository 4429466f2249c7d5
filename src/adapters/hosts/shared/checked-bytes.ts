import { readFile } from 'node:fs/promises';
import { type Digest, sha256 } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import type { Publication } from '../../../publish/index.ts';

/** What a message says of the live site while nothing has been switched. */
export const UNTOUCHED = 'The live site is as it was.';

/**
 * The bytes of a release's file, which are those that were built.
 *
 * @param live what a message says of the live site
 * @throws RELEASE_DAMAGED
 */
export async function checkedBytes(
  { manifest, locate }: Publication,
  path: string,
  live = UNTOUCHED,
): Promise<Buffer> {
  const bytes = await readFile(locate(path)).catch((error: unknown) => {
    throw fail('RELEASE_DAMAGED', { path, live }, error);
  });
  if (sha256(bytes) !== digestAt(manifest, path)) throw fail('RELEASE_DAMAGED', { path, live });
  return bytes;
}

/** The digest of a path that the manifest has. */
function digestAt({ files }: Publication['manifest'], path: string): Digest {
  const entry = files[path];
  if (!entry) throw new TypeError(`The manifest lacks ${path}.`);
  return entry.sha256;
}
