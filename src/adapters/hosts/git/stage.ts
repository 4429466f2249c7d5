import { fail } from '../../../core/errors/index.ts';
import { tick, type Work } from '../../../core/progress.ts';
import type { Publication } from '../../../publish/index.ts';
import { checkedBytes, UNTOUCHED } from '../shared/checked-bytes.ts';
import type { Git } from './program.ts';
import { blobName, type Oid, storeFiles } from './trees.ts';

/** Files that one run of git stores. */
const BATCH = 256;

/**
 * Stores files of a release in the cache, each checked by hash both before and after git read it.
 *
 * @returns the names of their blobs by path
 * @throws RELEASE_DAMAGED
 */
export async function* storeRelease(
  git: Git,
  publication: Publication,
  paths: readonly string[],
): Work<Map<string, Oid>> {
  const stored = new Map<string, Oid>();
  for (let from = 0; from < paths.length; from += BATCH) {
    const batch = paths.slice(from, from + BATCH);
    const expected: Oid[] = [];
    for (const path of batch) expected.push(blobName(await checkedBytes(publication, path)));
    const names = await storeFiles(git, batch.map(publication.locate));
    for (const [n, path] of batch.entries()) {
      const name = names[n];
      if (name === undefined || name !== expected[n])
        throw fail('RELEASE_DAMAGED', { path, live: UNTOUCHED });
      stored.set(path, name);
      yield tick(from + n + 1, paths.length, path);
    }
  }
  return stored;
}
