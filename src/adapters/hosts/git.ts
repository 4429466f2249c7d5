import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Host, HostSession, LockClaim } from '../../publish/index.ts';
import { privateFolder } from '../files/atomic.ts';
import type { GitAddress } from './git/address.ts';
import { lockRef } from './git/lock-ref.ts';
import { type Git, type GitLogin, gitProgram } from './git/program.ts';
import { type Refs, type Remote, remoteOf } from './git/remote.ts';
import { storeRelease } from './git/stage.ts';
import { type BranchState, liveHashes, readBranch } from './git/state.ts';
import { type NextCommits, nextCommits } from './git/switch.ts';
import type { Oid } from './git/trees.ts';
import { UNTOUCHED } from './shared/checked-bytes.ts';
import { type LockPlace, removeLock, standingLease, takeLease } from './shared/lease-lock.ts';

export interface GitHostOptions {
  readonly address: GitAddress;
  readonly client: string;
  /** Folder of the client's own state, where a copy of the branch is kept between runs. */
  readonly stateDir: string;
  readonly clock: Clock;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Asked for when the repository is first talked to. */
  readonly login: () => Promise<GitLogin>;
}

/** git at work for one branch. */
interface Connection {
  readonly git: Git;
  readonly remote: Remote;
  readonly lock: LockPlace;
  /** What is there now, read anew. */
  readonly look: () => Promise<BranchState>;
}

/**
 * A site on a branch of a git repository, as GitHub Pages and its like serve it. A publication is one commit on
 * top of what is there, pushed together with the record of it: both or neither, and only if nobody pushed meanwhile.
 */
export function gitHost(options: GitHostOptions): Host {
  const { address, clock } = options;
  const { target } = address;
  let connecting: Promise<Connection> | undefined;
  const connected = () => {
    connecting ??= connect(options);
    return connecting;
  };
  return {
    target,
    state: async () => (await (await connected()).look()).state,
    async hashes(paths) {
      const { git, look } = await connected();
      return liveHashes(git, await look(), paths);
    },
    async survey({ paths } = {}) {
      const { git, look } = await connected();
      const branch = await look();
      return liveHashes(git, branch, paths ?? branch.live.keys());
    },
    open: async (claim, touching) => openSession(await connected(), options, claim, touching),
    lock: async () => standingLease((await connected()).lock, clock),
    unlock: async () => removeLock((await connected()).lock),
  };
}

async function connect({
  address,
  client,
  stateDir,
  clock,
  env,
  login,
}: GitHostOptions): Promise<Connection> {
  const cache = join(stateDir, 'git', `${sha256(address.url).slice(0, 16)}.git`);
  const git = gitProgram({ address, env, cache, ...(await login()) });
  await git.local(['init', '--quiet', '--bare', '--template=', privateFolder(cache)]);
  const remote = remoteOf(git, address, client);
  const lock = lockRef(git, remote, { name: 'sec', at: clock.now() });
  return { git, remote, lock, look: async () => readBranch(git, await remote.look(), address.target) };
}

async function openSession(
  { git, remote, lock, look }: Connection,
  { address: { target }, clock }: GitHostOptions,
  claim: LockClaim,
  touching: readonly string[],
): Promise<HostSession> {
  const held = await takeLease(lock, claim, { target, clock });
  const staged = new Map<string, Oid>();
  try {
    const before = await look();
    return {
      state: before.state,
      live: await liveHashes(git, before, touching),
      async *stage(publication) {
        for (const [path, oid] of yield* storeRelease(git, publication, publication.uploads))
          staged.set(path, oid);
      },
      async *switch(publication) {
        const by = { name: claim.owner, at: clock.now() };
        const next = await nextCommits(git, before, publication, staged, by);
        await held.assertHeld();
        await pushRelease(remote, target, before.refs, next);
        return { movedAside: next.movedAside };
      },
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

async function pushRelease(remote: Remote, target: string, before: Refs, next: NextCommits): Promise<void> {
  const { names } = remote;
  const { ok, problem } = await remote.push([
    { ref: names.head, from: before.head, to: next.head },
    { ref: names.record, from: before.record, to: next.record },
  ]);
  if (!ok) await explainPush(remote, target, before.head, next.head, problem);
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
