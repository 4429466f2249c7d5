import {
  closeSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../../core/clock.ts';
import { fail } from '../../../core/errors/index.ts';
import {
  HEARTBEAT_SECONDS,
  isAbandoned,
  type LockClaim,
  type LockRecord,
  lockRecord,
  parseLock,
} from '../../../publish/index.ts';
import { makeFolder } from '../../files/make-folder.ts';
import type { Layout } from './layout.ts';

/** A lock that this process holds. */
export interface HeldLock {
  /** @throws LOCK_LOST if somebody took it over; called before anything goes live */
  assertHeld(): void;
  release(): void;
}

/** The lock that stands in the way of a new run; undefined where there is none, or its holder is gone. */
export function standingLock(layout: Layout, clock: Clock): LockRecord | undefined {
  const found = readLock(layout);
  const gone = found && isAbandoned(found, { now: clock.now(), machine: hostname(), isAlive });
  return gone ? undefined : found;
}

/** Reads the lock; undefined where there is none. A lock that cannot be understood is one all the same. */
function readLock(layout: Layout): LockRecord | undefined {
  const text = lockText(layout.lock);
  if (text === undefined) return undefined;
  return parseLock(text) ?? unknownHolder;
}

/**
 * Takes the lock: its text is written aside and linked to its name, which only one can do. A lock whose holder
 * is gone is moved away first, and moved back if it turns out to be another one by then.
 *
 * @throws HOST_LOCKED
 */
export function takeLock(layout: Layout, claim: LockClaim, clock: Clock): HeldLock {
  makeFolder(dirname(layout.lock));
  const since = clock.now();
  const own = `${layout.lock}.${claim.token}`;
  const file = openSync(own, 'wx', 0o644);
  const beat = () => void writeSync(file, `${JSON.stringify(lockRecord(claim, since, clock.now()))}\n`, 0);
  let taken = false;
  try {
    beat();
    clearAbandoned(layout, claim, clock);
    taken = tryLink(own, layout.lock);
    if (!taken) throw locked(layout, claim, readLock(layout));
  } finally {
    discard(own);
    if (!taken) closeSync(file);
  }
  dropLeftovers(layout);
  const timer = setInterval(beat, HEARTBEAT_SECONDS * 1000).unref();
  const isOurs = () => readLock(layout)?.token === claim.token;
  return {
    assertHeld() {
      if (!isOurs()) throw fail('LOCK_LOST', { target: layout.target });
    },
    release() {
      clearInterval(timer);
      closeSync(file);
      if (isOurs()) discard(layout.lock);
    },
  };
}

/** Takes a lock away whose holder is gone. */
function clearAbandoned(layout: Layout, claim: LockClaim, clock: Clock): void {
  const found = readLock(layout);
  if (!found) return;
  const gone = isAbandoned(found, { now: clock.now(), machine: claim.machine, isAlive });
  if (!gone) throw locked(layout, claim, found);
  const away = `${layout.lock}.${claim.token}.away`;
  try {
    renameSync(layout.lock, away);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const isOther = parseLock(lockText(away) ?? '')?.token !== found.token;
  if (isOther) tryLink(away, layout.lock);
  discard(away);
}

/** What stopped runs have left among the records: locks on their way, files half written. */
function dropLeftovers(layout: Layout): void {
  const beside = `${basename(layout.lock)}.`;
  for (const name of readdirSync(layout.state))
    if (name.startsWith(beside) || name.endsWith('.tmp')) discard(join(layout.state, name));
}

/** A lock that cannot be removed runs out by itself; what was done under it is not undone by that. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}

function locked(layout: Layout, { client }: LockClaim, holder: LockRecord | undefined) {
  const { owner, since, doing } = holder ?? unknownHolder;
  return fail('HOST_LOCKED', { client, target: layout.target, owner, since, doing });
}

const unknownHolder: LockRecord = {
  v: 1,
  token: '',
  owner: 'somebody',
  machine: '',
  pid: 0,
  doing: 'at work',
  since: 'just now',
  expires: '9999-12-31T00:00:00Z',
};

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    // What is to be linked is gone where another run took the lock and cleared up around it.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function lockText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
