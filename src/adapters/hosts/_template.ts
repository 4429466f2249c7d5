import { readFileSync } from 'node:fs';
import type { Clock } from '../../core/clock.ts';
import { type Digest, sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { tick, type Work } from '../../core/progress.ts';
import {
  emptyManifest,
  type Host,
  type HostSession,
  type HostState,
  isAbandoned,
  type LockClaim,
  type LockRecord,
  lockRecord,
  type MovedAside,
  manifestText,
  type Publication,
  parseManifest,
} from '../../publish/index.ts';

/** Where this host keeps things; a real one has a connection in its place. */
export interface MemoryPlace {
  /** The web root: what visitors get. */
  readonly live: Map<string, Uint8Array>;
  /** Uploaded, and not live yet. Outlives a run that stops. */
  readonly staged: Map<string, Uint8Array>;
  /** Somebody else's files that made way. */
  readonly aside: Map<string, Uint8Array>;
  manifest?: string;
  lock?: LockRecord;
}

export const memoryPlace = (): MemoryPlace => ({ live: new Map(), staged: new Map(), aside: new Map() });

/**
 * The whole of a host, in memory: copy this file for a new kind, give it a line in registry.ts and a short test
 * that calls test/contracts/host.ts. It switches in one step; for one that cannot, see directory/in-place.ts,
 * which keeps a journal.
 */
export function memoryHost(target: string, place: MemoryPlace, clock: Clock): Host {
  return {
    target,
    state: async () => stateOf(target, place),
    hashes: async (paths) => hashesOf(place, paths),
    survey: async ({ paths } = {}) => hashesOf(place, paths ?? [...place.live.keys()]),
    open: async (claim, touching) => openSession(target, place, claim, touching, clock),
    lock: async () => standingLock(place, clock),
    async unlock() {
      delete place.lock;
    },
  };
}

/** Present or absent. A real host throws for anything it cannot read: HOST_STATE_UNREADABLE. */
function stateOf(target: string, { manifest }: MemoryPlace): HostState {
  if (manifest === undefined) return { kind: 'absent' };
  return { kind: 'present', manifest: parseManifest(manifest, target) };
}

function openSession(
  target: string,
  place: MemoryPlace,
  claim: LockClaim,
  touching: readonly string[],
  clock: Clock,
): HostSession {
  takeLock(target, place, claim, clock);
  const state = stateOf(target, place);
  const unlock = () => {
    if (place.lock?.token === claim.token) delete place.lock;
  };
  return {
    state,
    live: hashesOf(place, touching),
    stage: (publication) => stage(place, publication),
    switch: (publication) => switchOver(target, place, state, publication, claim),
    async *finish() {
      place.staged.clear();
      unlock();
    },
    close: async () => unlock(),
  };
}

/** Nobody on another machine can ask whether a process still runs: here only the lease counts. */
function standingLock({ lock }: MemoryPlace, clock: Clock): LockRecord | undefined {
  const alive = { now: clock.now(), machine: '', isAlive: () => true };
  return lock && !isAbandoned(lock, alive) ? lock : undefined;
}

function takeLock(target: string, place: MemoryPlace, claim: LockClaim, clock: Clock): void {
  const now = clock.now();
  const lock = standingLock(place, clock);
  if (lock) throw fail('HOST_LOCKED', { client: claim.client, target, ...lock });
  place.lock = lockRecord(claim, now, now);
}

/** Nothing live changes here. The bytes are checked: what was built is what is uploaded. */
async function* stage(place: MemoryPlace, { manifest, uploads, locate }: Publication): Work<void> {
  for (const [n, path] of uploads.entries()) {
    const bytes = readFileSync(locate(path));
    if (sha256(bytes) !== manifest.files[path]?.sha256)
      throw fail('RELEASE_DAMAGED', { path, live: 'The live site is as it was.' });
    place.staged.set(path, bytes);
    yield tick(n + 1, uploads.length, path);
  }
}

/** Files, removals and the manifest go live together, after a last look at the lock. */
async function* switchOver(
  target: string,
  place: MemoryPlace,
  state: HostState,
  { manifest, uploads, removals }: Publication,
  { token }: LockClaim,
): Work<{ movedAside: readonly MovedAside[] }> {
  if (place.lock?.token !== token) throw fail('LOCK_LOST', { target });
  const owned = state.kind === 'present' ? state.manifest : emptyManifest(manifest);
  const movedAside: MovedAside[] = [];
  for (const path of [...uploads, ...Object.keys(removals)]) {
    const there = place.live.get(path);
    if (there && ![owned, manifest].some(({ files }) => files[path]?.sha256 === sha256(there))) {
      place.aside.set(path, there);
      movedAside.push({ path, keptAt: `aside/${path}` });
    }
    const bytes = place.staged.get(path);
    if (bytes) place.live.set(path, bytes);
    else place.live.delete(path);
  }
  place.manifest = manifestText(manifest);
  return { movedAside };
}

function hashesOf({ live }: MemoryPlace, paths: readonly string[]): Map<string, Digest> {
  return new Map(
    paths.flatMap((path) => {
      const bytes = live.get(path);
      return bytes ? [[path, sha256(bytes)]] : [];
    }),
  );
}
