import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type LockPlace,
  standingLease,
  takeLease,
} from '../../../../src/adapters/hosts/shared/lease-lock.ts';
import { sha256 } from '../../../../src/core/digest.ts';
import { claim } from '../../../support/publish.ts';

/** A place in memory that counts what is asked of it, and can lose its connection. */
function fakeLockPlace() {
  const place = { text: undefined as string | undefined, asked: [] as string[], isDown: false };
  const versionOf = (text: string | undefined) => (text === undefined ? undefined : sha256(text));
  const ask = (what: string) => {
    place.asked.push(what);
    if (place.isDown) throw new Error('no connection');
  };
  const set = (text: string, from: string | undefined) => {
    if (versionOf(place.text) !== from) return undefined;
    place.text = text;
    return sha256(text);
  };
  const lock: LockPlace = {
    async read() {
      ask('read');
      return place.text === undefined ? undefined : { text: place.text, version: sha256(place.text) };
    },
    async create(text) {
      ask('create');
      return set(text, undefined);
    },
    async replace(text, version) {
      ask('replace');
      return set(text, version);
    },
    async remove(version) {
      ask('remove');
      if (versionOf(place.text) === version) place.text = undefined;
    },
  };
  return { place, lock };
}

const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };
const options = { target: 'memory:kaldi', clock };
const expires = (text: string | undefined) => JSON.parse(text ?? '{}').expires as string;

describe('a lock with a lease', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 2, 2, 10) }));
  afterEach(() => void vi.useRealTimers());

  it('is taken with one request where it is free', async () => {
    const { place, lock } = fakeLockPlace();
    const held = await takeLease(lock, claim('a'), options);
    expect(place.asked).toEqual(['create']);
    await held.release();
    expect(place.text).toBeUndefined();
  });

  it('is looked at once for all that goes live in a moment, and again after it', async () => {
    const { place, lock } = fakeLockPlace();
    const held = await takeLease(lock, claim('a'), options);
    await held.assertHeld();
    await held.assertHeld();
    expect(place.asked).toEqual(['create', 'read']);
    place.text = 'somebody else';
    await vi.advanceTimersByTimeAsync(6000);
    await expect(held.assertHeld()).rejects.toMatchObject({ code: 'LOCK_LOST' });
    await held.release();
  });

  it('gives a sign of life every half minute, so that it outlives its lease', async () => {
    const { place, lock } = fakeLockPlace();
    const held = await takeLease(lock, claim('a'), options);
    const first = expires(place.text);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(expires(place.text) > first).toBe(true);
    expect(await standingLease(lock, clock)).toMatchObject({ owner: 'Operator a' });
    await held.assertHeld();
    await held.release();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(place.text).toBeUndefined();
  });

  it('makes up for a sign of life that got lost', async () => {
    const { place, lock } = fakeLockPlace();
    const held = await takeLease(lock, claim('a'), options);
    place.isDown = true;
    await vi.advanceTimersByTimeAsync(45_000);
    place.isDown = false;
    await vi.advanceTimersByTimeAsync(60_000);
    await held.assertHeld();
    await held.release();
  });

  it('is lost to whoever took it over, and their lock is left alone', async () => {
    const { place, lock } = fakeLockPlace();
    const held = await takeLease(lock, claim('a'), options);
    place.isDown = true;
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    place.isDown = false;
    const other = await takeLease(lock, claim('b'), options);
    await expect(held.assertHeld()).rejects.toMatchObject({ code: 'LOCK_LOST' });
    await held.release();
    await other.assertHeld();
    await other.release();
  });

  it('is not taken from somebody who is at work, or from a record that nobody can read', async () => {
    const { place, lock } = fakeLockPlace();
    const held = await takeLease(lock, claim('a'), options);
    await expect(takeLease(lock, claim('b'), options)).rejects.toMatchObject({ code: 'HOST_LOCKED' });
    await held.release();
    place.text = '{"v":9';
    await expect(takeLease(lock, claim('b'), options)).rejects.toMatchObject({ code: 'HOST_LOCKED' });
  });
});
