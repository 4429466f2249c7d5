import { rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Host, HostSession, HostState, LockClaim } from '../../publish/index.ts';
import { makeFolder } from '../files/make-folder.ts';
import { UNTOUCHED } from './directory/bring.ts';
import { guarded, hostFailure, openFailure } from './directory/failure.ts';
import { breather, foundAt, hashFile, walk } from './directory/files.ts';
import {
  inPlaceState,
  isTemporary,
  pruneInPlace,
  stageInPlace,
  switchInPlace,
} from './directory/in-place.ts';
import { type Layout, layoutOf, type Mode, modeOf } from './directory/layout.ts';
import { linkedState, pruneLinked, stageLinked, switchLinked } from './directory/linked.ts';
import { type HeldLock, standingLock, takeLock } from './directory/lock.ts';

export interface DirectoryOptions {
  /** As messages and the manifest name it: `file:` and the folder as site.yaml has it. */
  readonly target: string;
  /** Absolute path of the web root. */
  readonly folder: string;
  /** Below this folder missing ones are made. Elsewhere a missing folder may be a disk that is not connected. */
  readonly workspace: string;
  readonly clock: Clock;
}

/**
 * A site in a folder. The folder is a link to the live release, so that a publication switches in one step; a
 * folder that held somebody's files before is published to in place, file by file.
 */
export function directoryHost({ target, folder, workspace, clock }: DirectoryOptions): Host {
  const layout = layoutOf(target, folder);
  const look = <Result>(read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      throw stateFailure(layout, error);
    }
  };
  const reach = () => {
    const above = dirname(folder);
    if (!above.startsWith(workspace + sep) && above !== workspace && !isFolder(above))
      throw fail('HOST_FOLDER_MISSING', { target, missing: above });
  };
  const survey: Host['survey'] = async ({ paths } = {}) => {
    const found = new Map<string, Digest>();
    const breathe = breather();
    if (!isFolder(folder)) return found;
    for (const { path, kind } of look(
      () => paths?.flatMap((at) => foundAt(folder, at)) ?? [...walk(folder)],
    )) {
      if (isTemporary(path)) continue;
      found.set(path, (kind === 'file' && look(() => hashFile(join(folder, path)))) || 'link');
      await breathe();
    }
    return found;
  };
  return {
    target,
    async state() {
      reach();
      return look(() => stateIn(layout, modeOf(layout)));
    },
    async hashes(paths) {
      const found = new Map<string, Digest>();
      const breathe = breather();
      for (const path of paths) {
        const hash = look(() => hashFile(join(folder, path)));
        if (hash !== undefined) found.set(path, hash);
        await breathe();
      }
      return found;
    },
    survey,
    async open(claim, touching) {
      reach();
      const session = openSession(layout, claim, clock);
      try {
        return { ...session, live: await survey({ paths: touching }) };
      } catch (error) {
        await session.close();
        throw error;
      }
    },
    lock: async () => look(() => standingLock(layout, clock)),
    async unlock() {
      rmSync(layout.lock, { force: true });
    },
  };
}

type LocalSession = Omit<HostSession, 'live'>;

function openSession(layout: Layout, claim: LockClaim, clock: Clock): LocalSession {
  let lock: HeldLock | undefined;
  try {
    makeFolder(layout.releases);
    lock = takeLock(layout, claim, clock);
    const mode = modeOf(layout);
    const state = stateIn(layout, mode);
    const session = mode.kind === 'linked' ? linkedSession : inPlaceSession;
    return session(layout, lock, state, mode.kind === 'linked' ? mode.live : undefined);
  } catch (error) {
    lock?.release();
    throw openFailure(layout, error, UNTOUCHED);
  }
}

function linkedSession(
  layout: Layout,
  lock: HeldLock,
  state: HostState,
  folder: string | undefined,
): LocalSession {
  let live = folder;
  const before = state.kind === 'present' && folder ? { folder, manifest: state.manifest } : undefined;
  const asBefore = () => (liveFolder(layout) === folder ? UNTOUCHED : PUBLISHED);
  async function* switchOver(publication: Parameters<HostSession['switch']>[0]) {
    const outcome = yield* switchLinked(layout, before, publication, lock.assertHeld);
    live = outcome.live;
    return { movedAside: outcome.movedAside };
  }
  return {
    state,
    stage: (publication) => guarded(layout, asBefore, stageLinked(layout, publication)),
    switch: (publication) => guarded(layout, asBefore, switchOver(publication)),
    async *finish() {
      if (live !== undefined) yield* guarded(layout, () => PUBLISHED, pruneLinked(layout, live));
      lock.release();
    },
    close: async () => lock.release(),
  };
}

function inPlaceSession(layout: Layout, lock: HeldLock, state: HostState): LocalSession {
  async function* switchOver(publication: Parameters<HostSession['switch']>[0]) {
    return yield* switchInPlace(layout, state, publication, lock.assertHeld);
  }
  return {
    state,
    stage: (publication) => guarded(layout, () => UNTOUCHED, stageInPlace(layout, state, publication)),
    switch: (publication) => guarded(layout, () => MIXED, switchOver(publication)),
    async *finish(publication) {
      yield* guarded(layout, () => PUBLISHED, pruneInPlace(layout, state, publication));
      lock.release();
    },
    close: async () => lock.release(),
  };
}

const PUBLISHED = 'The new release is live; only the clearing away of old files is not finished.';
const MIXED =
  'This folder is published to file by file: each file is a whole old or a whole new one, nothing was removed, and running it again completes it.';

function stateIn(layout: Layout, mode: Mode): HostState {
  return mode.kind === 'linked' ? linkedState(layout, mode.live) : inPlaceState(layout);
}

function liveFolder(layout: Layout): string | undefined {
  const mode = modeOf(layout);
  return mode.kind === 'linked' ? mode.live : undefined;
}

function stateFailure(layout: Layout, error: unknown): unknown {
  const known = hostFailure(layout, error, UNTOUCHED);
  if (known === error) return error;
  const { problem } = (known as { details: { problem: string } }).details;
  return fail('HOST_STATE_UNREADABLE', { target: layout.target, problem }, error);
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
