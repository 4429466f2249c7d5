import type { Clock } from '../../core/clock.ts';
import type { Host, HostSession, LockClaim } from '../../publish/index.ts';
import type { NetlifyApi } from './netlify/api.ts';
import { hashesAt, hashesOf, type LiveSite, liveFiles, readLive, stateOf } from './netlify/live.ts';
import { lockNote } from './netlify/lock-note.ts';
import type { DeployRecord } from './netlify/record.ts';
import { type NetlifyWork, stageDeploy, switchDeploy } from './netlify/session.ts';
import { UNTOUCHED } from './shared/checked-bytes.ts';
import { removeLock, standingLease, takeLease } from './shared/lease-lock.ts';
import { looking, working } from './shared/trouble.ts';

export interface NetlifyHostOptions {
  readonly target: string;
  readonly client: string;
  readonly clock: Clock;
  /** Milliseconds after which nobody is taken to be about to write a lock. */
  readonly settle: number;
  /** Asked for when the API is first talked to. */
  readonly connect: () => Promise<NetlifyApi>;
}

/** A site on Netlify: each release is a deploy that is made while nobody sees it, and goes live in one step. */
export function netlifyHost(options: NetlifyHostOptions): Host {
  const { target, client, clock, settle } = options;
  const records = new Map<string, DeployRecord>();
  let connecting: Promise<NetlifyApi> | undefined;
  const look = <Result>(work: (api: NetlifyApi) => Promise<Result>): Promise<Result> =>
    looking({ target, client }, async () => {
      connecting ??= options.connect();
      return work(await connecting);
    });
  const survey = async (api: NetlifyApi, paths?: readonly string[]) => {
    const live = await readLive(api, target, records);
    const files = await liveFiles(api, live);
    return paths ? hashesAt(api, files, live, paths) : hashesOf(files, live, files.keys());
  };
  return {
    target,
    state: () => look(async (api) => stateOf(await readLive(api, target, records))),
    hashes: (paths) => look((api) => survey(api, paths)),
    survey: ({ paths } = {}) => look((api) => survey(api, paths)),
    open: (claim, touching) => look((api) => openSession(api, { ...options, records }, claim, touching)),
    lock: () => look((api) => standingLease(lockNote(api, settle), clock)),
    unlock: () => look((api) => removeLock(lockNote(api, settle))),
  };
}

async function openSession(
  api: NetlifyApi,
  {
    target,
    client,
    clock,
    settle,
    records,
  }: NetlifyHostOptions & { readonly records: Map<string, DeployRecord> },
  claim: LockClaim,
  touching: readonly string[],
): Promise<HostSession> {
  const held = await takeLease(lockNote(api, settle), claim, { target, clock });
  try {
    const live: LiveSite = await readLive(api, target, records);
    const files = await liveFiles(api, live);
    const work: NetlifyWork = { api, target, assertHeld: held.assertHeld, live, files };
    const place = { target, client };
    return {
      state: stateOf(live),
      live: await hashesAt(api, files, live, touching),
      stage: (publication) => working(place, () => UNTOUCHED, stageDeploy(work, publication)),
      switch: () => working(place, () => UNSEEN, switchDeploy(work)),
      async *finish() {
        await held.release();
      },
      close: () => held.release(),
    };
  } catch (error) {
    await held.release();
    throw error;
  }
}

const UNSEEN =
  'What is live is the whole old release or the whole new one; running it again tells which, and completes it.';
