import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { tick, type Work } from '../../core/progress.ts';
import type { Host, HostSession, LockClaim, Publication, SwitchOutcome } from '../../publish/index.ts';
import { privateFolder } from '../files/atomic.ts';
import type { GitAddress } from './git/address.ts';
import { lockRef } from './git/lock-ref.ts';
import { type GitOptions, gitProgram } from './git/program.ts';
import { type Remote, remoteOf } from './git/remote.ts';
import { storeRelease } from './git/stage.ts';
import { liveHashes, readBranch } from './git/state.ts';
import { nextCommits } from './git/switch.ts';
import { UNTOUCHED } from './shared/checked-bytes.ts';
import { standingLease, takeLease } from './shared/lease-lock.ts';

export interface GitHostOptions extends Omit<GitOptions, 'cache'> {
  readonly address: GitAddress;
  readonly client: string;
  /** Folder of the client's own state, where a copy of the branch is kept between runs. */
  readonly stateDir: string;
  readonly clock: Clock;
}

/**
 * A site on a branch of a git repository, as GitHub Pages and its like serve it. A publication is one commit on
 * top of what is there, pushed together with the record of it: both or neither, and only if nobody pushed meanwhile.
 */
export function gitHost({ client, stateDir, clock, ...options }: GitHostOptions): Host {
  const { address } = options;
  const { target } = address;
  const cache = join(stateDir, 'git', `${sha256(address.url).slice(0, 16)}.git`);
  const git = gitProgram({ ...options, cache });
  const remote = remoteOf(git, address, client);
  let isMade: Promise<unknown> | undefined;
  const ready = () => {
    isMade ??= git.local(['init', '--quiet', '--bare', '--template=', privateFolder(cache)]);
    return isMade;
  };
  const branch = async () => {
    await ready();
    return readBranch(git, await remote.look(), target);
  };
  const signature = (name: string) => ({ name, at: clock.now() });
  const lock = lockRef(git, remote, signature('sec'));
  return {
    target,
    state: async () => (await branch()).state,
    hashes: async (paths) => liveHashes(git, await branch(), paths),
    async survey() {
      const now = await branch();
      return liveHashes(git, now, now.live.keys());
    },
    async lock() {
      await ready();
      return standingLease(lock, clock);
    },
    async unlock() {
      await ready();
      const found = await lock.read();
      if (found) await lock.remove(found.version);
    },
    async open(claim) {
      await ready();
      return openSession(claim);
    },
  };

  async function openSession(claim: LockClaim): Promise<HostSession> {
    const held = await takeLease(lock, claim, { target, clock });
    try {
      const before = await branch();
      const staged = new Map<string, string>();
      const stage = async function* (publication: Publication): Work<void> {
        for (const [path, oid] of yield* storeRelease(git, publication, publication.uploads))
          staged.set(path, oid);
      };
      const switchOver = async function* (publication: Publication): Work<SwitchOutcome> {
        const next = await nextCommits(git, before, publication, staged, signature(claim.owner));
        await held.assertHeld();
        yield tick(0, 1, 'sending the release');
        const { names } = remote;
        const { ok, problem } = await remote.push([
          { ref: names.head, from: before.refs.head, to: next.head },
          { ref: names.record, from: before.refs.record, to: next.record },
        ]);
        if (!ok) await explainPush(remote, target, before.refs.head, next.head, problem);
        return { movedAside: next.movedAside };
      };
      return {
        state: before.state,
        stage,
        switch: switchOver,
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
}

/** A push that was refused, or whose answer was lost: what the branch is at now tells which. */
async function explainPush(
  remote: Remote,
  target: string,
  before: string | undefined,
  next: string,
  problem: string,
): Promise<void> {
  const live = 'Whether the new release is live could not be seen; running it again tells, and completes it.';
  const { head } = await remote.look().catch((error: unknown) => {
    throw fail('HOST_FAILED', { target, problem, live }, error);
  });
  if (head === next) return;
  if (head !== before) throw fail('LIVE_MOVED', { target });
  throw fail('HOST_FAILED', { target, problem, live: UNTOUCHED });
}
