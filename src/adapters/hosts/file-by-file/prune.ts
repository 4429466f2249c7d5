import { tick, type Work, warning } from '../../../core/progress.ts';
import type { HostState, Manifest, Publication } from '../../../publish/index.ts';
import { folded, foldersOf } from '../../../publish/paths.ts';
import { inLanes } from '../shared/lanes.ts';
import { keepAside } from './aside.ts';
import type { SiteFiles } from './files.ts';
import { at, type FilesLayout } from './layout.ts';
import { lookBelow, type Seen } from './look.ts';
import { foreignAmong } from './switch.ts';

/** Removes what the release no longer has and the folders that it leaves empty, then the journal. */
export async function* pruneFiles(
  files: SiteFiles,
  layout: FilesLayout,
  state: HostState,
  { manifest, removals }: Publication,
): Work<void> {
  const paths = await removable(files, layout, manifest, Object.keys(removals));
  const foreign = await foreignAmong(files, layout, state, paths, () => undefined);
  const remove = async (path: string) => {
    const kept = foreign.has(path) ? await keepAside(files, layout, manifest, path) : undefined;
    await files.remove(at(layout.root, path));
    return { path, kept };
  };
  let done = 0;
  for await (const { path, kept } of inLanes(paths, files.lanes, remove)) {
    done += 1;
    if (kept)
      yield warning(
        `${path} was changed by somebody else before it was removed. Their version is kept: ${kept.keptAt}`,
      );
    yield tick(done, paths.length, path);
  }
  await removeEmptyFolders(files, layout, paths);
  await files.remove(layout.journal);
}

/**
 * Of what is to be removed, what is there and the site's own: nothing behind a link to elsewhere, and no other
 * spelling of a name that the release still has, on a disk that takes both for one.
 */
async function removable(
  files: SiteFiles,
  { root }: FilesLayout,
  { files: wanted }: Manifest,
  paths: readonly string[],
): Promise<string[]> {
  const look = lookBelow(files, root);
  const spellings = new Map(Object.keys(wanted).map((path) => [folded(path), path]));
  const found: string[] = [];
  for (const path of paths) {
    const seen = await look(path);
    if (seen.kind !== 'there' || seen.stat.kind === 'folder') continue;
    const twin = spellings.get(folded(path));
    if (twin === undefined || !isOneFile(seen, await look(twin))) found.push(path);
  }
  return found;
}

/** Whether two spellings lead to one file: only one of them is listed, or both have one number. */
function isOneFile(one: Seen, other: Seen): boolean {
  if (one.kind !== 'there' || other.kind !== 'there') return true;
  return one.stat.id !== undefined && one.stat.id === other.stat.id;
}

/** Deepest first: a folder can be removed when the ones in it are gone. */
async function removeEmptyFolders(
  files: SiteFiles,
  { root }: FilesLayout,
  paths: readonly string[],
): Promise<void> {
  const folders = [...new Set(paths.flatMap(foldersOf))];
  for (const folder of folders.sort((a, b) => b.length - a.length))
    await files.removeFolder(at(root, folder));
}
