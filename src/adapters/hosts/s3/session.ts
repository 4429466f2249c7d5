import type { Clock } from '../../../core/clock.ts';
import { type Digest, sha256 } from '../../../core/digest.ts';
import { tick, type Work, warning } from '../../../core/progress.ts';
import {
  emptyManifest,
  type FileEntry,
  type HostState,
  type Manifest,
  type MovedAside,
  type Publication,
  type SwitchOutcome,
} from '../../../publish/index.ts';
import { publishRank } from '../../../publish/order.ts';
import { checkedBytes } from '../shared/checked-bytes.ts';
import { inLanes } from '../shared/lanes.ts';
import { HostTrouble } from '../shared/trouble.ts';
import { uploadTicks } from '../shared/upload-ticks.ts';
import { isImmutable } from './headers.ts';
import { type LiveObject, WIDTH } from './live.ts';
import { type SiteRecord, type StoredRecord, writeRecord } from './record.ts';
import type { ObjectFacts, ObjectStore } from './store.ts';

export const MIXED =
  'An object store is published to file by file: each file is a whole old or a whole new one, nothing was removed, and running it again completes it.';
const UNKNOWN: Digest = 'unknown';

/** How long a file that no page asks for any more is kept for visitors who are on an old page. */
const GRACE = { hours: 24 };
/** Somebody who changes a file between the look at it and the write to it is made way for so many times. */
const ATTEMPTS = 3;

/** A publication under way, file by file. */
export interface S3Work {
  readonly store: ObjectStore;
  readonly target: string;
  readonly clock: Clock;
  readonly assertHeld: () => Promise<void>;
  /** As it was under the lock, when the run began. */
  readonly state: HostState;
  /** What was at the paths of the publication then. */
  readonly before: ReadonlyMap<string, LiveObject>;
  /** Whether a run before was stopped, so that some of the files may be there already. */
  readonly resumes: boolean;
  /** ETags of what this run has put in its place. */
  readonly written: Map<string, string>;
  stored: StoredRecord;
}

/**
 * Checks every upload, writes the journal, and brings what no page that is live asks for yet.
 *
 * @throws RELEASE_DAMAGED, LIVE_MOVED
 */
export async function* stageObjects(work: S3Work, publication: Publication): Work<void> {
  const { manifest, uploads, removals } = publication;
  for (const path of uploads) await checkedBytes(publication, path);
  const { record } = work.stored;
  const before: SiteRecord = record ?? { manifest: emptyManifest(manifest), etags: {}, retired: {} };
  const interrupted = { next: manifest, removals };
  work.stored = await writeRecord(work.store, work.target, { ...before, interrupted }, work.stored.on);
  const early = uploads.filter((path) => isEarly(work, path));
  const told = uploadTicks(publication);
  const write = async (path: string) => {
    await bring(work, publication, path);
    return path;
  };
  for await (const path of inLanes(early, WIDTH, write)) yield told(path);
}

/** Brings the rest rank by rank, then records the manifest. */
export async function* switchObjects(work: S3Work, publication: Publication): Work<SwitchOutcome> {
  const { manifest, uploads, removals } = publication;
  const movedAside: MovedAside[] = [];
  const { early = [], rest = [] } = Object.groupBy(uploads, (path) =>
    isEarly(work, path) ? 'early' : 'rest',
  );
  const told = uploadTicks(publication, early);
  for (const rank of new Set(rest.map(publishRank))) {
    await work.assertHeld();
    const group = rest.filter((path) => publishRank(path) === rank);
    const write = async (path: string) => {
      movedAside.push(...(await bring(work, publication, path)));
      return path;
    };
    for await (const path of inLanes(group, WIDTH, write)) yield told(path);
  }
  await work.assertHeld();
  const isPruned = Object.keys(removals).length === 0;
  const { etags = {}, retired = {} } = work.stored.record ?? {};
  const wanted = ([path]: readonly [string, unknown]) => Object.hasOwn(manifest.files, path);
  const next: SiteRecord = {
    manifest,
    ...(isPruned ? {} : { interrupted: { next: manifest, removals } }),
    etags: Object.fromEntries([...Object.entries(etags), ...work.written].filter(wanted)),
    retired: Object.fromEntries(Object.entries(retired).filter((entry) => !wanted(entry))),
  };
  work.stored = await writeRecord(work.store, work.target, next, work.stored.on);
  return { movedAside };
}

/** Removes what the release no longer has; what pages of yesterday ask for stays a day longer. */
export async function* pruneObjects(work: S3Work, { manifest, removals }: Publication): Work<void> {
  const { record } = work.stored;
  if (!record) return;
  const now = work.clock.now();
  const retired = new Map(Object.entries(record.retired));
  const paths = Object.keys(removals);
  for (const [n, path] of paths.entries()) {
    const there = await work.store.head(path);
    const isOurs = there && (await isKnown(work, path, there.etag));
    if (there && isOurs && isImmutable(path))
      retired.set(path, { since: now.toString({ smallestUnit: 'second' }), etag: there.etag });
    else if (there) {
      if (!isOurs) {
        const { keptAt } = await keepAside(work, manifest, path);
        yield warning(
          `${path} was changed by somebody else before it was removed. Their version is kept: ${keptAt}`,
        );
      }
      await work.store.remove(path);
    }
    yield tick(n + 1, paths.length, path);
  }
  for (const [path, { since, etag }] of retired) {
    if (Temporal.Instant.compare(Temporal.Instant.from(since).add(GRACE), now) >= 0) continue;
    if ((await work.store.head(path))?.etag === etag) await work.store.remove(path);
    retired.delete(path);
  }
  if (!record.interrupted && retired.size === Object.keys(record.retired).length) return;
  const { interrupted: _, ...rest } = record;
  const next = { ...rest, retired: Object.fromEntries(retired) };
  work.stored = await writeRecord(work.store, work.target, next, work.stored.on);
}

/** Whether a file can be there before the pages that ask for it: it is new, and no page or list of pages. */
const isEarly = ({ before }: S3Work, path: string) => publishRank(path) === 0 && !before.has(path);

/** Puts one file in its place, after whatever somebody else put there was kept aside. */
async function bring(work: S3Work, publication: Publication, path: string): Promise<MovedAside[]> {
  const { manifest } = publication;
  const entry = manifest.files[path];
  if (!entry) throw new TypeError(`The manifest lacks ${path}.`);
  const bytes = await checkedBytes(publication, path, MIXED);
  const movedAside: MovedAside[] = [];
  let there = work.before.get(path);
  if (work.resumes) {
    const found = await work.store.head(path);
    if (found && isAsWanted(found, entry)) {
      work.written.set(path, found.etag);
      return [];
    }
    there = found && { etag: found.etag, hash: there?.etag === found.etag ? there.hash : UNKNOWN };
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (there && ![...knownHashes(work, path), entry.sha256].includes(there.hash))
      movedAside.push(await keepAside(work, manifest, path));
    const etag = await work.store.put(path, bytes, entry.headers, there ? { etag: there.etag } : 'new');
    if (etag !== undefined) {
      work.written.set(path, etag);
      return movedAside;
    }
    const now = await work.store.get(path);
    there = now && { etag: now.etag, hash: sha256(now.bytes) };
  }
  throw new HostTrouble('other', `somebody else keeps changing ${path}`);
}

/** Left by a run that was stopped, with the bytes and the headers that are wanted. */
function isAsWanted(found: ObjectFacts, entry: FileEntry): boolean {
  return (
    found.sha256 === entry.sha256 &&
    Object.entries(entry.headers).every(([name, value]) => found.headers.get(name) === value)
  );
}

async function isKnown(work: S3Work, path: string, etag: string): Promise<boolean> {
  const seen = work.before.get(path);
  const hash = seen?.etag === etag ? seen.hash : sha256((await work.store.get(path))?.bytes ?? '');
  return knownHashes(work, path).includes(hash);
}

/** All that sec may have put at a path, of what was recorded when the run began. */
function knownHashes({ state }: S3Work, path: string): Digest[] {
  if (state.kind === 'absent') return [];
  const { manifest, interrupted } = state;
  return [manifest.files[path], interrupted?.next.files[path], interrupted?.removals[path]].flatMap(
    (entry) => (entry ? [entry.sha256] : []),
  );
}

async function keepAside(
  { store }: S3Work,
  { published, release }: Manifest,
  path: string,
): Promise<MovedAside> {
  const keptAt = `.sec/kept/${published.replaceAll(/[-:]/g, '')}-${release.slice(0, 12)}/${path}`;
  await store.copy(path, keptAt);
  return { path, keptAt };
}
