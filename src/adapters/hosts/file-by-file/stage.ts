import { fail } from '../../../core/errors/index.ts';
import type { Work } from '../../../core/progress.ts';
import { emptyManifest, type FileEntry, type HostState, type Publication } from '../../../publish/index.ts';
import { allInLanes } from '../shared/lanes.ts';
import { bringEach } from './bring-each.ts';
import { entryOf } from './entry.ts';
import type { SiteFiles } from './files.ts';
import { at, type FilesLayout, folderOf } from './layout.ts';
import { lookBelow } from './look.ts';
import { writeJournal, writeManifest } from './records.ts';
import { type Stamps, stampOf } from './stamps.ts';
import { temporaryName } from './temporary.ts';

export const UNTOUCHED = 'The live site is as it was.';

/**
 * Writes the journal, then brings the uploads beside their places under names of sec's own. On the very first run
 * an empty manifest says whose place it is from now on.
 *
 * @returns size and time of what was brought
 */
export async function* stageFiles(
  files: SiteFiles,
  layout: FilesLayout,
  state: HostState,
  publication: Publication,
): Work<Stamps> {
  const { manifest, uploads, locate } = publication;
  if (state.kind === 'absent') await writeManifest(files, layout, emptyManifest(manifest));
  const staged = await tidyStaged(files, layout, state, publication);
  await writeJournal(files, layout, publication);
  await makeFolders(files, layout, uploads);

  const stamps = yield* bringEach(publication, files.lanes, async (path, entry) => {
    if (staged.has(path)) return staged.get(path);
    const to = at(layout.root, temporaryName(path, entry.sha256));
    return bringOne(files, layout, { path, from: locate(path), to }, entry);
  });
  const temporaries = uploads.map((path) => temporaryName(path, entryOf(manifest, path).sha256));
  await files.settle(layout.root, temporaries);
  return stamps;
}

/**
 * Brings one file of a release to a name that is not live.
 *
 * @returns its stamp
 * @throws RELEASE_DAMAGED if the bytes here are not what was built; HOST_FAILED if not all of them arrived
 */
export async function bringOne(
  files: SiteFiles,
  { target }: FilesLayout,
  { path, from, to }: { path: string; from: string; to: string },
  { sha256, size }: FileEntry,
): Promise<string | undefined> {
  const brought = await files.bring(from, to);
  if (brought.sha256 === sha256 && brought.size === size) return stampOf(brought);
  await files.remove(to);
  if (brought.sha256 !== sha256) throw fail('RELEASE_DAMAGED', { path, live: UNTOUCHED });
  const problem = `only ${brought.size} of the ${size} bytes of ${path} arrived`;
  throw fail('HOST_FAILED', { target, problem, live: UNTOUCHED });
}

/**
 * Finds what a stopped run has brought already, whole, and clears away what it brought for another release.
 *
 * @returns stamps of the uploads that need not be brought again
 */
async function tidyStaged(
  files: SiteFiles,
  layout: FilesLayout,
  state: HostState,
  { manifest, uploads }: Publication,
): Promise<Map<string, string | undefined>> {
  const look = lookBelow(files, layout.root);
  await refuseLinkedFolders(layout, look, uploads, files.lanes);
  const found = new Map<string, string | undefined>();
  const interrupted = state.kind === 'present' ? state.interrupted : undefined;
  const wanted = new Set(uploads);
  await allInLanes(Object.entries(interrupted?.next.files ?? {}), files.lanes, async ([path, { sha256 }]) => {
    const name = temporaryName(path, sha256);
    const seen = await look(name);
    if (seen.kind !== 'there' || seen.stat.kind !== 'file') return;
    const entry = manifest.files[path];
    const isWanted = wanted.has(path) && entry?.sha256 === sha256 && entry.size === seen.stat.size;
    if (isWanted && (await files.hash(at(layout.root, name))) === sha256) found.set(path, stampOf(seen.stat));
    else await files.remove(at(layout.root, name));
  });
  return found;
}

async function refuseLinkedFolders(
  { target }: FilesLayout,
  look: ReturnType<typeof lookBelow>,
  paths: readonly string[],
  lanes: number,
): Promise<void> {
  await allInLanes(paths, lanes, async (path) => {
    const seen = await look(path);
    if (seen.kind !== 'behindLink') return;
    const problem = `the folder ${seen.folder} is a link to another place, and sec does not write through it`;
    throw fail('HOST_FAILED', { target, problem, live: UNTOUCHED });
  });
}

/** Folders above others come first, so that no two lanes make the same one. */
export async function makeFolders(
  files: SiteFiles,
  { root }: FilesLayout,
  paths: readonly string[],
): Promise<void> {
  const folders = [...new Set(paths.map(folderOf))].filter((folder) => folder !== '');
  const byDepth = Map.groupBy(folders.flatMap(withAbove), (folder) => folder.split('/').length);
  for (const depth of [...byDepth.keys()].sort((a, b) => a - b))
    await allInLanes([...new Set(byDepth.get(depth))], files.lanes, (folder) =>
      files.makeFolder(at(root, folder)),
    );
}

const withAbove = (folder: string): string[] =>
  folder.includes('/') ? [...withAbove(folderOf(folder)), folder] : [folder];
