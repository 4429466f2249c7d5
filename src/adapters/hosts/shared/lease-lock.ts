import type { Clock } from '../../../core/clock.ts';
import { fail } from '../../../core/errors/index.ts';
import {
  HEARTBEAT_SECONDS,
  type LockClaim,
  type LockRecord,
  lockRecord,
  parseLock,
} from '../../../publish/index.ts';
import { isGone, unknownHolder } from './holder.ts';

/**
 * Where a lock lies: one text that changes hands by compare-and-set. A version names one state of that text.
 * `create` and `replace` return undefined where somebody else was quicker.
 */
export interface LockPlace {
  read(): Promise<{ readonly text: string; readonly version: string } | undefined>;
  create(text: string): Promise<string | undefined>;
  replace(text: string, version: string): Promise<string | undefined>;
  /** Does nothing where the lock is not at that version any more. */
  remove(version: string): Promise<void>;
}

/** For so long a look at the lock says that it is held: a small part of a lease. */
const FRESH_MS = 5000;

/** A lock that this process holds, with a sign of life every half minute. */
export interface LeaseLock {
  /**
   * Called before each step that changes something live. One look answers for the moment after it as well.
   *
   * @throws LOCK_LOST if somebody took it over
   */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly target: string;
  readonly clock: Clock;
}

/** The lock that stands in the way of a new run; undefined where there is none, or its holder is gone. */
export async function standingLease(place: LockPlace, clock: Clock): Promise<LockRecord | undefined> {
  const found = await place.read();
  if (!found) return undefined;
  const record = parseLock(found.text) ?? unknownHolder;
  return isGone(record, clock) ? undefined : record;
}

/**
 * Takes the lock, or takes it over where its holder is gone.
 *
 * @throws HOST_LOCKED, and what the place throws
 */
export async function takeLease(
  place: LockPlace,
  claim: LockClaim,
  { target, clock }: LeaseOptions,
): Promise<LeaseLock> {
  const since = clock.now();
  const text = () => `${JSON.stringify(lockRecord(claim, since, clock.now()))}\n`;
  let taken = await place.create(text());
  if (taken === undefined) {
    const found = await place.read();
    const holder = found && (parseLock(found.text) ?? unknownHolder);
    if (holder && !isGone(holder, clock)) throw locked(holder);
    taken = found ? await place.replace(text(), found.version) : await place.create(text());
  }
  if (taken === undefined) throw locked((await standingLease(place, clock)) ?? unknownHolder);
  return hold(place, taken, { target, clock, token: claim.token, text });

  function locked({ owner, doing, since: began }: LockRecord) {
    return fail('HOST_LOCKED', { client: claim.client, target, owner, doing, since: began });
  }
}

/** Removes the lock, whoever holds it. */
export async function removeLock(place: LockPlace): Promise<void> {
  const found = await place.read();
  if (found) await place.remove(found.version);
}

function hold(
  place: LockPlace,
  taken: string,
  { target, clock, token, text }: LeaseOptions & { token: string; text: () => string },
): LeaseLock {
  let version = taken;
  /** One sign of life after another; a lost connection is made up for by the next one. */
  let beating: Promise<void> = Promise.resolve();
  const beat = async () => {
    try {
      version = (await place.replace(text(), version)) ?? version;
    } catch {
      return;
    }
  };
  const timer = setInterval(() => {
    beating = beating.then(beat);
  }, HEARTBEAT_SECONDS * 1000).unref();
  const isOurs = async () => {
    await beating;
    const there = await place.read();
    if (there === undefined || parseLock(there.text)?.token !== token) return false;
    version = there.version;
    return true;
  };
  let seen = Number.NEGATIVE_INFINITY;
  return {
    async assertHeld() {
      // The time of day, which goes on while a computer sleeps.
      const now = clock.now().epochMilliseconds;
      if (now >= seen && now - seen < FRESH_MS) return;
      if (!(await isOurs())) throw fail('LOCK_LOST', { target });
      seen = now;
    },
    async release() {
      clearInterval(timer);
      // A lock that cannot be given back runs out by itself.
      await beating;
      await place.remove(version).catch(() => undefined);
    },
  };
}
