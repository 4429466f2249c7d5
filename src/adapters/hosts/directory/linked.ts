import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Digest } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import { tick, type Work } from '../../../core/progress.ts';
import {
  type HostState,
  type Manifest,
  manifestText,
  type Publication,
  parseManifest,
  type SwitchOutcome,
} from '../../../publish/index.ts';
import { syncFolder, writeFileAtomic } from '../../files/atomic.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { bring } from './bring.ts';
import { carryForeign, type LiveTree, readLiveTree } from './carry.ts';
import { settle } from './durable.ts';
import { breather, folderMaker, linkOrCopy, walk } from './files.ts';
import type { Layout } from './layout.ts';
import { pointTo } from './point.ts';

/** What is live behind the link. `live` is the release's folder. @throws HOST_STATE_UNREADABLE */
export function linkedState(layout: Layout, live: string | undefined): HostState {
  if (live === undefined) return { kind: 'absent' };
  const file = join(live, 'manifest.json');
  if (!existsSync(file))
    throw fail('HOST_STATE_UNREADABLE', {
      target: layout.target,
      problem: 'the live release has no manifest',
    });
  return { kind: 'present', manifest: parseManifest(readFileSync(file, 'utf8'), layout.target) };
}

/** Copies the uploads into the release that is being put together. */
export async function* stageLinked(layout: Layout, publication: Publication): Work<void> {
  const { manifest, uploads, locate } = publication;
  const web = join(partOf(layout, manifest.release), 'web');
  const makeFolder = folderMaker();
  const breathe = breather();
  for (const [n, path] of uploads.entries()) {
    const to = join(web, path);
    makeFolder(to);
    bring(path, locate(path), to, entryOf(manifest, path));
    await breathe();
    yield tick(n + 1, uploads.length, path);
  }
}

/**
 * Completes the release with hard links to what is unchanged, each checked by hash, makes it durable and moves
 * the link to it in one step. Files of others that lie in the live tree come along.
 *
 * @param live the folder of the release that is live now, and its manifest
 * @returns the folder of the one that is live then
 */
export async function* switchLinked(
  layout: Layout,
  live: { readonly folder: string; readonly manifest: Manifest } | undefined,
  publication: Publication,
  assertHeld: () => Promise<void>,
): Work<SwitchOutcome & { readonly live: string }> {
  const { manifest } = publication;
  const part = partOf(layout, manifest.release);
  const web = join(part, 'web');
  makeFolder(web);
  const tree = live ? await readLiveTree(join(live.folder, 'web')) : undefined;
  await fill(web, tree, publication);
  const { carried, movedAside } =
    live && tree ? await carryForeign(layout, web, tree, live.manifest, manifest) : nothingCarried;
  dropStrays(web, manifest, carried);
  writeFileAtomic(join(part, 'manifest.json'), manifestText(manifest));
  await settle(web, Object.keys(manifest.files));
  const release = join(layout.releases, nextName(layout, manifest.release));
  renameSync(part, release);
  syncFolder(layout.releases);
  await assertHeld();
  pointTo(layout, join(release, 'web'));
  return { live: release, movedAside };
}

/** Clears away old releases. The live one stays, and the one before, which visitors may still be loading from. */
export async function* pruneLinked(layout: Layout, live: string): Work<void> {
  const names = readdirSync(layout.releases);
  const before = names
    .filter((name) => numberOf(name) < numberOf(basename(live)))
    .sort((a, b) => numberOf(b) - numberOf(a))[0];
  const going = names.filter((name) => name !== basename(live) && name !== before);
  for (const [n, name] of going.entries()) {
    rmSync(join(layout.releases, name), { recursive: true });
    yield tick(n + 1, going.length, 'old releases cleared');
  }
}

/** Brings whatever of the release is not staged yet: from the live tree where its bytes are right, else from here. */
async function fill(web: string, tree: LiveTree | undefined, publication: Publication): Promise<void> {
  const { manifest, uploads, locate } = publication;
  const staged = new Set(uploads);
  const makeFolder = folderMaker();
  const breathe = breather();
  for (const [path, entry] of Object.entries(manifest.files)) {
    if (staged.has(path)) continue;
    const to = join(web, path);
    makeFolder(to);
    if (tree?.hashes.get(path) === entry.sha256 && !existsSync(to)) linkOrCopy(join(tree.dir, path), to);
    else bring(path, locate(path), to, entry);
    await breathe();
  }
}

/** Takes out what a stopped run carried over and is no longer on the live site. */
function dropStrays(web: string, manifest: Manifest, carried: ReadonlySet<string>): void {
  for (const { path } of [...walk(web)])
    if (!Object.hasOwn(manifest.files, path) && !carried.has(path)) rmSync(join(web, path));
}

const nothingCarried = { carried: new Set<string>(), movedAside: [] };
const partOf = (layout: Layout, release: Digest) => join(layout.releases, `${release}.part`);

function entryOf(manifest: Manifest, path: string) {
  const entry = manifest.files[path];
  if (!entry) throw new TypeError(`The manifest lacks ${path}.`);
  return entry;
}

/** Releases are numbered: the folder's name is the order in which they went live. Others have no number. */
const numberOf = (name: string) => Number(/^(\d+)-[0-9a-f]{12}$/.exec(name)?.[1] ?? Number.NaN);

function nextName(layout: Layout, release: Digest): string {
  const numbers = readdirSync(layout.releases)
    .map(numberOf)
    .filter((n) => !Number.isNaN(n));
  return `${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}-${release.slice(0, 12)}`;
}
