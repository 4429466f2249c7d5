import type { Clock } from '../../core/clock.ts';
import { tick, type Work } from '../../core/progress.ts';
import type { Host, HostSession, LockClaim, Publication } from '../../publish/index.ts';
import { layoutOf, type RemoteLayout, type RsyncAddress } from './rsync/address.ts';
import { remoteLock } from './rsync/lock.ts';
import { lookAround, stateOf, surveyRoot } from './rsync/look.ts';
import { type RemoteShell, remoteShell, type ShellOptions } from './rsync/shell.ts';
import { sendRelease } from './rsync/stage.ts';
import {
  newestFirst,
  pruneReleases,
  type Switched,
  type SwitchOptions,
  switchRelease,
} from './rsync/switch.ts';
import { UNTOUCHED } from './shared/checked-bytes.ts';
import { removeLock, standingLease, takeLease } from './shared/lease-lock.ts';
import type { SshLogin } from './shared/ssh.ts';
import { looking, working } from './shared/trouble.ts';

export interface RsyncHostOptions {
  readonly address: RsyncAddress;
  readonly client: string;
  /** Folder of the client's own state, where a release is put together before it is sent. */
  readonly stateDir: string;
  readonly clock: Clock;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Asked for when the host is first talked to. */
  readonly login: () => Promise<SshLogin>;
}

/**
 * A site on a computer that is reached over SSH, with the system's OpenSSH and rsync. Releases lie side by side, and
 * the web root is a link to the live one, so that a publication switches in one step.
 */
export function rsyncHost(options: RsyncHostOptions): Host {
  const { address, client, clock } = options;
  const { target } = address;
  const layout = layoutOf(address);
  let connecting: Promise<ShellOptions> | undefined;
  const look = <Result>(work: (way: ShellOptions) => Promise<Result>): Promise<Result> =>
    looking({ target, client }, async () => {
      connecting ??= options.login().then((login) => ({ address, client, login, env: options.env }));
      return work(await connecting);
    });
  const survey = (paths?: readonly string[]) =>
    look(async (way) => {
      return surveyRoot(remoteShell(way), layout, paths);
    });
  return {
    target,
    state: () => look(async (way) => stateOf(await lookAround(remoteShell(way), layout, target))),
    hashes: (paths) => survey(paths),
    survey: ({ paths } = {}) => survey(paths),
    open: (claim, touching) => look((way) => openSession(way, options, claim, touching)),
    lock: () => look((way) => standingLease(remoteLock(remoteShell(way), layout), clock)),
    unlock: () => look((way) => removeLock(remoteLock(remoteShell(way), layout))),
  };
}

async function openSession(
  way: ShellOptions,
  { address, client, clock, stateDir }: RsyncHostOptions,
  claim: LockClaim,
  touching: readonly string[],
): Promise<HostSession> {
  const { target } = address;
  const layout = layoutOf(address);
  const shell = remoteShell(way);
  const held = await takeLease(remoteLock(shell, layout), claim, { target, clock });
  try {
    const before = await lookAround(shell, layout, target);
    const alike = newestFirst(before.releases);
    const place = { target, client };
    let live = before.live;
    return {
      state: stateOf(before),
      live: await surveyRoot(shell, layout, touching),
      stage: (publication) =>
        working(place, () => UNTOUCHED, sendRelease({ ...way, layout, stateDir, alike }, publication)),
      async *switch(publication) {
        const options = { shell, layout, target, token: claim.token, before };
        const { folder, movedAside } = yield* working(place, () => UNSEEN, switchOver(options, publication));
        live = folder;
        return { movedAside };
      },
      async *finish() {
        yield* working(place, () => PUBLISHED, prune(shell, layout, live, before.releases));
        await held.release();
      },
      close: () => held.release(),
    };
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function* switchOver(options: Omit<SwitchOptions, 'live'>, publication: Publication): Work<Switched> {
  const live = await surveyRoot(options.shell, options.layout);
  yield tick(0, 1, 'checking what arrived');
  return switchRelease({ ...options, live }, publication);
}

async function* prune(
  shell: RemoteShell,
  layout: RemoteLayout,
  live: string | undefined,
  names: readonly string[],
): Work<void> {
  if (live !== undefined) await pruneReleases(shell, layout, live, names);
}

const UNSEEN =
  'What is live is the whole old release or the whole new one; running it again tells which, and completes it.';
const PUBLISHED = 'The new release is live; only the clearing away of old releases is not finished.';
