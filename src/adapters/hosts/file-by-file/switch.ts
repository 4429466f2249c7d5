import type { Digest } from '../../../core/digest.ts';
import { tick, type Work } from '../../../core/progress.ts';
import type { HostState, MovedAside, Publication, SwitchOutcome } from '../../../publish/index.ts';
import { publishRank } from '../../../publish/order.ts';
import { inLanes } from '../shared/lanes.ts';
import { keepAside } from './aside.ts';
import { entryOf } from './entry.ts';
import type { SiteFiles } from './files.ts';
import { at, type FilesLayout } from './layout.ts';
import { writeManifest } from './records.ts';
import { readStamps, type Stamps, writeStamps } from './stamps.ts';
import { surveyFiles } from './survey.ts';
import { temporaryName } from './temporary.ts';

/**
 * Renames file by file, each a whole old or a whole new one: first all that pages need, then the pages, then what
 * lists them, the front page last. Then the manifest says so.
 *
 * @param staged size and time of what was staged
 */
export async function* switchFiles(
  files: SiteFiles,
  layout: FilesLayout,
  state: HostState,
  { manifest, uploads }: Publication,
  staged: Stamps,
  assertHeld: () => Promise<void>,
): Work<SwitchOutcome> {
  const foreign = await foreignAmong(files, layout, state, uploads, (path) => entryOf(manifest, path).sha256);
  const movedAside: MovedAside[] = [];
  const goLive = async (path: string) => {
    if (foreign.has(path)) movedAside.push(await keepAside(files, layout, manifest, path));
    const temporary = temporaryName(path, entryOf(manifest, path).sha256);
    await files.rename(at(layout.root, temporary), at(layout.root, path));
    return path;
  };
  // Where a file is missing for a moment, it is one at a time.
  const lanes = (await files.replacesAtOnce()) ? files.lanes : 1;
  let done = 0;
  for (const group of Map.groupBy(uploads, publishRank).values()) {
    await assertHeld();
    for await (const path of inLanes(group, lanes, goLive)) {
      done += 1;
      yield tick(done, uploads.length, path);
    }
  }
  await files.settle(layout.root, uploads);
  const before = state.kind === 'present' && !state.interrupted ? state.manifest : undefined;
  const known = before ? await readStamps(files, layout, before) : {};
  await assertHeld();
  await writeManifest(files, layout, manifest);
  await writeStamps(files, layout, manifest, { ...known, ...staged });
  return { movedAside };
}

/** Of some paths, those where something lies that sec did not put there. */
export async function foreignAmong(
  files: SiteFiles,
  layout: FilesLayout,
  state: HostState,
  paths: readonly string[],
  next: (path: string) => Digest | undefined,
): Promise<ReadonlySet<string>> {
  const live = await surveyFiles(files, layout, state, { paths });
  return new Set(
    [...live]
      .filter(([path, hash]) => hash !== next(path) && !knownHashes(state, path).includes(hash))
      .map(([path]) => path),
  );
}

/** All hashes that sec may have put at `path`. */
function knownHashes(state: HostState, path: string): Digest[] {
  if (state.kind === 'absent') return [];
  const { manifest, interrupted } = state;
  return [manifest.files[path], interrupted?.next.files[path], interrupted?.removals[path]].flatMap(
    (entry) => (entry ? [entry.sha256] : []),
  );
}
