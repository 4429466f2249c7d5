import { fail } from '../../../core/errors/index.ts';
import { tick, type Work } from '../../../core/progress.ts';
import {
  emptyManifest,
  type HostState,
  type MovedAside,
  manifestText,
  type Publication,
  parseManifest,
  type SwitchOutcome,
} from '../../../publish/index.ts';
import { keepAside } from '../file-by-file/aside.ts';
import { bringEach } from '../file-by-file/bring-each.ts';
import { entryOf } from '../file-by-file/entry.ts';
import { at, type FilesLayout, folderOf, nameOf } from '../file-by-file/layout.ts';
import { lookBelow } from '../file-by-file/look.ts';
import { bringOne, makeFolders } from '../file-by-file/stage.ts';
import { readStamps, type Stamps, stampOf, writeStamps } from '../file-by-file/stamps.ts';
import { surveyFiles } from '../file-by-file/survey.ts';
import { fatesOf } from '../shared/foreign.ts';
import { allInLanes } from '../shared/lanes.ts';
import type { SftpFiles } from './files.ts';

/** A web root that is a link to `releases/0007-3f2a…/web`, with the records beside it. */
export interface LinkedPlace {
  readonly files: SftpFiles;
  /** `root` is the link itself. */
  readonly layout: FilesLayout;
  /** Folder of the live release; undefined where nothing is live yet. */
  readonly live: string | undefined;
}

export const releasesOf = (layout: FilesLayout): string => `${layout.state}/releases`;

/** @throws HOST_STATE_UNREADABLE */
export async function linkedState({ files, layout, live }: LinkedPlace): Promise<HostState> {
  if (live === undefined) return { kind: 'absent' };
  const bytes = await files.read(`${live}/manifest.json`);
  if (!bytes)
    throw fail('HOST_STATE_UNREADABLE', {
      target: layout.target,
      problem: 'the live release has no manifest',
    });
  return { kind: 'present', manifest: parseManifest(Buffer.from(bytes).toString(), layout.target) };
}

/** Brings the uploads into the release that is being put together. What a stopped run has brought whole is left. */
export async function* stageLinked({ files, layout }: LinkedPlace, publication: Publication): Work<Stamps> {
  const { uploads, locate } = publication;
  const part = partLayout(layout, publication);
  await files.makeFolder(part.root);
  await makeFolders(files, part, uploads);
  const look = lookBelow(files, part.root);
  return yield* bringEach(publication, files.lanes, async (path, entry) => {
    const to = at(part.root, path);
    const seen = await look(path);
    const isThere = seen.kind === 'there' && (await files.hash(to)) === entry.sha256;
    if (isThere) return stampOf(seen.stat);
    if (seen.kind === 'there') await files.remove(to);
    return bringOne(files, part, { path, from: locate(path), to }, entry);
  });
}

/**
 * Completes the release on the host with hard links to what is unchanged, and moves the link to it in one step.
 * Files of others that lie in the live tree come along.
 *
 * @returns the folder of the release that is live then
 */
export async function* switchLinked(
  place: LinkedPlace,
  state: HostState,
  publication: Publication,
  staged: Stamps,
  assertHeld: () => Promise<void>,
): Work<SwitchOutcome & { readonly live: string }> {
  const { files, layout } = place;
  const { manifest } = publication;
  const part = partLayout(layout, publication);
  const { carried, movedAside, stamps } = await fill(place, state, part, publication);
  await dropStrays(files, part, new Set([...Object.keys(manifest.files), ...carried]));
  await files.write(part.manifest, manifestText(manifest));
  await writeStamps(files, part, manifest, { ...stamps, ...staged });
  const release = `${releasesOf(layout)}/${await nextName(place, manifest.release)}`;
  await files.renameFolder(part.state, release);
  await assertHeld();
  await pointTo(files, layout, `${release}/web`);
  yield tick(1, 1);
  return { movedAside, live: release };
}

/** Clears away old releases. The live one stays, and the one before, which visitors may still be loading from. */
export async function* pruneLinked({ files, layout }: LinkedPlace, live: string): Work<void> {
  const names = [...((await files.list(releasesOf(layout)))?.keys() ?? [])];
  const before = names
    .filter((name) => numberOf(name) < numberOf(nameOf(live)))
    .sort((a, b) => numberOf(b) - numberOf(a))[0];
  const going = names.filter((name) => name !== nameOf(live) && name !== before);
  for (const [n, name] of going.entries()) {
    await removeTree(files, `${releasesOf(layout)}/${name}`);
    yield tick(n + 1, going.length, 'old releases cleared');
  }
}

/** Brings what is not staged: links to what the live tree has, with other people's files, and the rest from here. */
async function fill(
  { files, layout, live }: LinkedPlace,
  state: HostState,
  part: FilesLayout,
  { manifest, uploads, locate }: Publication,
): Promise<{ carried: readonly string[]; movedAside: readonly MovedAside[]; stamps: Stamps }> {
  const now = live === undefined ? layout : liveLayout(layout, live);
  const owned = state.kind === 'present' ? state.manifest : undefined;
  const there = live === undefined ? new Map<string, string>() : await surveyFiles(files, now, state);
  const stamps = owned ? await readStamps(files, now, owned) : {};
  const staged = new Set(uploads);
  const isSecs = (path: string) =>
    [owned, manifest].some(
      (one) => one?.files[path] !== undefined && one.files[path].sha256 === there.get(path),
    );
  const foreign = [...there.keys()].filter((path) => !isSecs(path));
  const { carried, aside } = fatesOf(foreign, owned ?? emptyManifest(manifest), manifest);
  const rest = Object.keys(manifest.files).filter((path) => !staged.has(path));
  await makeFolders(files, part, [...rest, ...carried]);
  await allInLanes(rest, files.lanes, async (path) => {
    const entry = entryOf(manifest, path);
    const to = at(part.root, path);
    if (there.get(path) === entry.sha256) await files.hardLink(at(now.root, path), to);
    else await bringOne(files, part, { path, from: locate(path), to }, entry);
  });
  await allInLanes(carried, files.lanes, async (path) => {
    const [from, to] = [at(now.root, path), at(part.root, path)];
    if (there.get(path) !== 'link') {
      await files.hardLink(from, to);
      return;
    }
    await files.remove(to);
    await files.makeLink(to, await files.readLink(from));
  });
  const movedAside = await allInLanes(aside, 1, (path) => keepAside(files, now, manifest, path));
  return { carried, movedAside, stamps };
}

/** Takes out what a stopped run put there and the release does not have. */
async function dropStrays(files: SftpFiles, part: FilesLayout, wanted: ReadonlySet<string>): Promise<void> {
  for (let level = ['']; level.length > 0; ) {
    const found = await allInLanes(level, files.lanes, async (folder) => ({
      folder,
      listing: await files.list(folder === '' ? part.root : at(part.root, folder)),
    }));
    level = [];
    for (const { folder, listing } of found)
      for (const [name, { kind }] of listing ?? []) {
        const path = folder === '' ? name : `${folder}/${name}`;
        if (kind === 'folder') level.push(path);
        else if (!wanted.has(path)) await files.remove(at(part.root, path));
      }
  }
}

/** A new link is made aside and renamed over the old one. An empty folder that stands there served nothing. */
async function pointTo(files: SftpFiles, { root, state }: FilesLayout, web: string): Promise<void> {
  const fresh = `${state}/next`;
  await files.remove(fresh);
  await files.makeLink(fresh, web.slice(folderOf(root).length + 1));
  if ((await files.stat(root))?.kind === 'folder') await files.removeFolder(root);
  await files.rename(fresh, root);
}

async function removeTree(files: SftpFiles, folder: string): Promise<void> {
  const listing = [...((await files.list(folder)) ?? [])];
  await allInLanes(listing, files.lanes, async ([name, { kind }]) => {
    if (kind !== 'folder') await files.remove(`${folder}/${name}`);
  });
  for (const [name, { kind }] of listing) if (kind === 'folder') await removeTree(files, `${folder}/${name}`);
  await files.removeFolder(folder);
}

/** The layout of a release's own folder: its records lie beside its `web`. */
export function liveLayout(layout: FilesLayout, folder: string): FilesLayout {
  return {
    ...layout,
    root: `${folder}/web`,
    manifest: `${folder}/manifest.json`,
    stamps: `${folder}/stamps.json`,
  };
}

function partLayout(layout: FilesLayout, { manifest }: Publication): FilesLayout {
  const folder = `${releasesOf(layout)}/${manifest.release}.part`;
  return { ...liveLayout(layout, folder), state: folder };
}

/** Releases are numbered: the folder's name is the order in which they went live. Others have no number. */
const numberOf = (name: string) => Number(/^(\d+)-[0-9a-f]{12}$/.exec(name)?.[1] ?? Number.NaN);

async function nextName({ files, layout }: LinkedPlace, release: string): Promise<string> {
  const numbers = [...((await files.list(releasesOf(layout)))?.keys() ?? [])]
    .map(numberOf)
    .filter((n) => !Number.isNaN(n));
  return `${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}-${release.slice(0, 12)}`;
}
