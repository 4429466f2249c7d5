import type { Digest } from '../../../core/digest.ts';
import type { HostState, SurveyScope } from '../../../publish/index.ts';
import { allInLanes } from '../shared/lanes.ts';
import type { FileStat, SiteFiles } from './files.ts';
import { at, type FilesLayout, INSIDE } from './layout.ts';
import { lookBelow } from './look.ts';
import { isPlainName } from './plain-name.ts';
import { readStamps, stampOf } from './stamps.ts';
import { isTemporary } from './temporary.ts';

interface Found {
  readonly path: string;
  readonly stat: FileStat;
}

/**
 * Hashes of what is live. A file whose size and time are as sec left them is not read, unless `deep` asks for it
 * or a run was stopped in the middle, after which nothing is taken for granted.
 */
export async function surveyFiles(
  files: SiteFiles,
  layout: FilesLayout,
  state: HostState,
  { paths, deep = false }: SurveyScope = {},
): Promise<Map<string, Digest>> {
  const found = paths ? await foundAt(files, layout, paths) : await walk(files, layout);
  const isSettled = state.kind === 'present' && state.interrupted === undefined;
  const stamps =
    isSettled && !deep && found.length > 0 ? await readStamps(files, layout, state.manifest) : {};
  const asLeft = async ({ path, stat }: Found) => {
    const stamp = Object.hasOwn(stamps, path) ? stamps[path] : undefined;
    if (stamp === undefined || !stamp.startsWith(`${stat.size} `)) return false;
    return stamp === stampOf({ ...stat, ...(await timeOf(files, layout, path, stat)) });
  };
  const hashed = await allInLanes(found, files.lanes, async (one): Promise<[string, Digest | undefined]> => {
    const { path, stat } = one;
    if (stat.kind === 'link') return [path, 'link'];
    if (state.kind === 'present' && (await asLeft(one))) return [path, state.manifest.files[path]?.sha256];
    return [path, await files.hash(at(layout.root, path))];
  });
  return new Map(hashed.flatMap(([path, hash]) => (hash === undefined ? [] : [[path, hash] as const])));
}

async function timeOf(files: SiteFiles, layout: FilesLayout, path: string, stat: FileStat) {
  const modified = stat.modified ?? (await files.modified?.(at(layout.root, path)));
  return modified === undefined ? {} : { modified };
}

async function foundAt(files: SiteFiles, layout: FilesLayout, paths: readonly string[]): Promise<Found[]> {
  const look = lookBelow(files, layout.root);
  const seen = await allInLanes(paths, files.lanes, async (path) => ({ path, seen: await look(path) }));
  return seen.flatMap(({ path, seen: there }) =>
    there.kind === 'there' && there.stat.kind !== 'folder' ? [{ path, stat: there.stat }] : [],
  );
}

/** Every file and link below the web root but sec's own. */
async function walk(files: SiteFiles, { root }: FilesLayout): Promise<Found[]> {
  const found: Found[] = [];
  for (let level = ['']; level.length > 0; ) {
    const listed = await allInLanes(level, files.lanes, async (folder) => ({
      folder,
      listing: await files.list(folder === '' ? root : at(root, folder)),
    }));
    level = [];
    for (const { folder, listing } of listed)
      for (const [name, stat] of listing ?? []) {
        if (!isPlainName(name)) continue;
        const path = folder === '' ? name : `${folder}/${name}`;
        if (path === INSIDE || isTemporary(path)) continue;
        if (stat.kind === 'folder') level.push(path);
        else found.push({ path, stat });
      }
  }
  return found;
}
