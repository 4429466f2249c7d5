import { performance } from 'node:perf_hooks';
import { tick, type Work } from '../../../core/progress.ts';
import type { FileEntry, Manifest } from '../../../publish/index.ts';
import { entryOf } from './entry.ts';
import { inLanes } from './lanes.ts';
import { rateMeter } from './rate.ts';
import type { Stamps } from './stamps.ts';

/**
 * Brings one upload after another, as many at once as the host has lanes, and tells how fast and how far.
 *
 * @param bring brings one, or finds it there, and returns its stamp
 * @returns the stamps by path
 */
export async function* bringEach(
  { uploads, manifest }: { readonly uploads: readonly string[]; readonly manifest: Manifest },
  lanes: number,
  bring: (path: string, entry: FileEntry) => Promise<string | undefined>,
): Work<Stamps> {
  const stamps: Record<string, string> = {};
  const bytes = uploads.reduce((sum, path) => sum + entryOf(manifest, path).size, 0);
  const rate = rateMeter(bytes, () => performance.now());
  const work = async (path: string) => {
    const entry = entryOf(manifest, path);
    const stamp = await bring(path, entry);
    if (stamp !== undefined) stamps[path] = stamp;
    return { path, speed: rate(entry.size) };
  };
  let done = 0;
  for await (const { path, speed } of inLanes(uploads, lanes, work)) {
    done += 1;
    yield tick(done, uploads.length, speed === '' ? path : `${speed}, ${path}`);
  }
  return stamps;
}
