import { existsSync, lstatSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Digest, sha256 as hashOf } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import { tick, type Work, warning } from '../../../core/progress.ts';
import {
  emptyManifest,
  type HostState,
  type Interruption,
  journalText,
  type Manifest,
  type MovedAside,
  manifestText,
  type Publication,
  parseJournal,
  parseManifest,
  type SwitchOutcome,
} from '../../../publish/index.ts';
import { folded, foldersOf } from '../../../publish/paths.ts';
import { writeFileAtomic } from '../../files/atomic.ts';
import { keepAside } from './aside.ts';
import { bring, UNTOUCHED } from './bring.ts';
import { settle } from './durable.ts';
import { breather, folderMaker, hashFile } from './files.ts';
import type { Layout } from './layout.ts';

/** What sec has put among somebody's files. @throws HOST_STATE_UNREADABLE */
export function inPlaceState(layout: Layout): HostState {
  const interrupted = existsSync(layout.journal)
    ? parseJournal(readFileSync(layout.journal, 'utf8'), layout.target)
    : undefined;
  if (!existsSync(layout.manifest)) return { kind: 'absent' };
  const manifest = parseManifest(readFileSync(layout.manifest, 'utf8'), layout.target);
  return { kind: 'present', manifest, ...(interrupted ? { interrupted } : {}) };
}

/**
 * Writes the journal, then copies the uploads beside their places under names of sec's own. On the very first
 * run an empty manifest says whose folder it is from now on.
 */
export async function* stageInPlace(layout: Layout, state: HostState, publication: Publication): Work<void> {
  const { manifest, uploads, removals, locate } = publication;
  if (state.kind === 'absent') writeFileAtomic(layout.manifest, manifestText(emptyManifest(manifest)));
  writeFileAtomic(layout.journal, journalText({ next: manifest, removals }));
  const makeFolder = folderMaker();
  const breathe = breather();
  for (const [n, path] of uploads.entries()) {
    const entry = manifest.files[path];
    if (!entry) continue;
    refuseLinkedFolders(layout, path);
    const temporary = join(layout.root, temporaryName(path, entry.sha256));
    makeFolder(temporary);
    bring(path, locate(path), temporary, entry);
    await breathe();
    yield tick(n + 1, uploads.length, path);
  }
  await settle(
    layout.root,
    uploads.map((path) => temporaryName(path, manifest.files[path]?.sha256 ?? '')),
  );
}

/** Renames file by file, in order: each is a whole old or a whole new one. Then the manifest says so. */
export async function* switchInPlace(
  layout: Layout,
  state: HostState,
  { manifest, uploads }: Publication,
  assertHeld: () => void,
): Work<SwitchOutcome> {
  const movedAside: MovedAside[] = [];
  const breathe = breather();
  for (const [n, path] of uploads.entries()) {
    assertHeld();
    const next = manifest.files[path]?.sha256 ?? '';
    const place = join(layout.root, path);
    const aside = foreignAt(place, [...knownHashes(state, path), next]);
    if (aside) movedAside.push(keepAside(layout, manifest, { from: place, path, ...aside }));
    renameSync(join(layout.root, temporaryName(path, next)), place);
    await breathe();
    yield tick(n + 1, uploads.length, path);
  }
  await settle(layout.root, uploads);
  writeFileAtomic(layout.manifest, manifestText(manifest));
  return { movedAside };
}

/** Removes what the release no longer has and the folders that it leaves empty, then the journal. */
export async function* pruneInPlace(
  layout: Layout,
  state: HostState,
  { manifest, removals }: Publication,
): Work<void> {
  const paths = Object.keys(removals);
  const kept = new Map(Object.keys(manifest.files).map((path) => [folded(path), path]));
  for (const [n, path] of paths.entries()) {
    const twin = kept.get(folded(path));
    const isStillWanted = twin !== undefined && isOneFile(join(layout.root, twin), join(layout.root, path));
    if (!isStillWanted) yield* removeOwned(layout, path, knownHashes(state, path), manifest);
    yield tick(n + 1, paths.length, path);
  }
  if (state.kind === 'present' && state.interrupted) dropTemporaries(layout, state.interrupted);
  rmSync(layout.journal, { force: true });
}

/** Whether two spellings of a name lead to one file, as on a disk that does not tell letter cases apart. */
function isOneFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => lstatSync(path, { bigint: true, throwIfNoEntry: false }));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** Removes one file, and keeps it aside if somebody changed it since. Behind a link to elsewhere nothing is ours. */
async function* removeOwned(
  layout: Layout,
  path: string,
  known: readonly Digest[],
  next: Manifest,
): Work<void> {
  if (linkedFolder(layout, path) !== undefined) return;
  const place = join(layout.root, path);
  const aside = foreignAt(place, known);
  if (aside) {
    const { keptAt } = keepAside(layout, next, { from: place, path, ...aside });
    yield warning(
      `${path} was changed by somebody else before it was removed. Their version is kept: ${keptAt}`,
    );
  }
  rmSync(place, { force: true });
  removeEmptyFolders(layout, path);
}

/** Whether a file's name is one that sec gives while it works; such files are on no list. */
export const isTemporary = (path: string): boolean => /^\.sec-[0-9a-f]{24}\.tmp$/.test(basename(path));

/** Beside its place, so that the rename stays within one file system; the same for the same bytes, so that a rerun finds it. */
function temporaryName(path: string, sha256: Digest): string {
  const name = `.sec-${hashOf(`${path}\n${sha256}`).slice(0, 24)}.tmp`;
  return join(dirname(path), name);
}

/** All hashes that sec may have put at `path`. */
function knownHashes(state: HostState, path: string): Digest[] {
  if (state.kind === 'absent') return [];
  const { manifest, interrupted } = state;
  return [manifest.files[path], interrupted?.next.files[path], interrupted?.removals[path]].flatMap(
    (entry) => (entry ? [entry.sha256] : []),
  );
}

/** Whether something at `place` is not what sec put there. */
function foreignAt(place: string, known: readonly Digest[]): { isLink: boolean } | undefined {
  const there = lstatSync(place, { throwIfNoEntry: false });
  if (!there) return undefined;
  if (there.isSymbolicLink()) return { isLink: true };
  const hash = hashFile(place);
  return hash !== undefined && known.includes(hash) ? undefined : { isLink: false };
}

/** The first folder on the way to `path` that is a link: it may lead anywhere. */
function linkedFolder(layout: Layout, path: string): string | undefined {
  return foldersOf(path).find((folder) =>
    lstatSync(join(layout.root, folder), { throwIfNoEntry: false })?.isSymbolicLink(),
  );
}

function refuseLinkedFolders(layout: Layout, path: string): void {
  const folder = linkedFolder(layout, path);
  if (folder === undefined) return;
  const problem = `the folder ${folder} is a link to another place, and sec does not write through it`;
  throw fail('HOST_FAILED', { target: layout.target, problem, live: UNTOUCHED });
}

function dropTemporaries(layout: Layout, { next }: Interruption): void {
  for (const [path, { sha256 }] of Object.entries(next.files))
    rmSync(join(layout.root, temporaryName(path, sha256)), { force: true });
}

function removeEmptyFolders(layout: Layout, path: string): void {
  for (const folder of foldersOf(path).reverse()) {
    try {
      rmdirSync(join(layout.root, folder));
    } catch {
      return;
    }
  }
}
