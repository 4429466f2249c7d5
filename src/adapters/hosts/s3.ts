import type { Clock } from '../../core/clock.ts';
import type { Host, HostSession, LockClaim } from '../../publish/index.ts';
import type { S3Address } from './s3/address.ts';
import { headersOf } from './s3/headers.ts';
import { readHashes, surveyObjects } from './s3/live.ts';
import { lockObject } from './s3/lock-object.ts';
import { readRecord, type StoredRecord, stateOf } from './s3/record.ts';
import { MIXED, pruneObjects, type S3Work, stageObjects, switchObjects } from './s3/session.ts';
import type { ObjectStore } from './s3/store.ts';
import { UNTOUCHED } from './shared/checked-bytes.ts';
import { removeLock, standingLease, takeLease } from './shared/lease-lock.ts';
import { looking, working } from './shared/trouble.ts';

export interface S3HostOptions {
  readonly address: S3Address;
  readonly client: string;
  readonly clock: Clock;
  /** Asked for when the store is first talked to. */
  readonly connect: () => Promise<ObjectStore>;
}

/**
 * A site in an object store. Objects are replaced one by one, each only as it was seen last; what sec itself keeps
 * lies below `.sec/` among them.
 */
export function s3Host(options: S3HostOptions): Host {
  const { address, client, clock } = options;
  const { target } = address;
  let connecting: Promise<ObjectStore> | undefined;
  const look = <Result>(work: (store: ObjectStore) => Promise<Result>): Promise<Result> =>
    looking({ target, client }, async () => {
      connecting ??= options.connect();
      return work(await connecting);
    });
  /** As the last look at the state found it: a look at the files after it is held against the same. */
  let seen: StoredRecord | undefined;
  return {
    target,
    headers: headersOf,
    state: () =>
      look(async (store) => {
        seen = await readRecord(store, target);
        return stateOf(seen);
      }),
    hashes: (paths) => look((store) => readHashes(store, paths)),
    survey: (scope = {}) =>
      look(async (store) => {
        const live = await surveyObjects(store, seen ?? (await readRecord(store, target)), scope);
        return new Map([...live].map(([path, { hash }]) => [path, hash]));
      }),
    open(claim, touching) {
      seen = undefined;
      return look((store) => openSession(store, options, claim, touching));
    },
    manner: async () => 'file by file',
    lock: () => look((store) => standingLease(lockObject(store), clock)),
    unlock: () => look((store) => removeLock(lockObject(store))),
  };
}

async function openSession(
  store: ObjectStore,
  { address: { target }, client, clock }: S3HostOptions,
  claim: LockClaim,
  touching: readonly string[],
): Promise<HostSession> {
  const held = await takeLease(lockObject(store), claim, { target, clock });
  try {
    const stored = await readRecord(store, target);
    const state = stateOf(stored);
    const before = await surveyObjects(store, stored, { paths: touching });
    const resumes = state.kind === 'present' && state.interrupted !== undefined;
    const { assertHeld } = held;
    const work: S3Work = {
      store,
      target,
      clock,
      assertHeld,
      state,
      before,
      resumes,
      written: new Map(),
      stored,
    };
    const place = { target, client };
    return {
      state,
      live: new Map([...before].map(([path, { hash }]) => [path, hash])),
      stage: (publication) => working(place, () => UNTOUCHED, stageObjects(work, publication)),
      switch: (publication) => working(place, () => MIXED, switchObjects(work, publication)),
      async *finish(publication) {
        yield* working(place, () => PUBLISHED, pruneObjects(work, publication));
        await held.release();
      },
      close: () => held.release(),
    };
  } catch (error) {
    await held.release();
    throw error;
  }
}

const PUBLISHED = 'The new release is live; only the clearing away of old files is not finished.';
