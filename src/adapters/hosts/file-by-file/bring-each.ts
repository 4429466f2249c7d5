import type { Work } from '../../../core/progress.ts';
import type { FileEntry } from '../../../publish/index.ts';
import { inLanes } from '../shared/lanes.ts';
import { type Uploads, uploadTicks } from '../shared/upload-ticks.ts';
import { entryOf } from './entry.ts';
import type { Stamps } from './stamps.ts';

/**
 * Brings one upload after another, as many at once as the host has lanes, and tells how fast and how far.
 *
 * @param bring brings one, or finds it there, and returns its stamp
 * @returns the stamps by path
 */
export async function* bringEach(
  publication: Uploads,
  lanes: number,
  bring: (path: string, entry: FileEntry) => Promise<string | undefined>,
): Work<Stamps> {
  const stamps: Record<string, string> = {};
  const told = uploadTicks(publication);
  const work = async (path: string) => {
    const stamp = await bring(path, entryOf(publication.manifest, path));
    if (stamp !== undefined) stamps[path] = stamp;
    return path;
  };
  for await (const path of inLanes(publication.uploads, lanes, work)) yield told(path);
  return stamps;
}
