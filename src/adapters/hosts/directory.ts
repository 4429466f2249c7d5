import { statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Host, HostSession, HostState, LockClaim } from '../../publish/index.ts';
import { makeFolder } from '../files/make-folder.ts';
import { hostFailure, openFailure } from './directory/failure.ts';
import { breather, hashFile } from './directory/files.ts';
import { type Layout, layoutOf, type Mode, modeOf } from './directory/layout.ts';
import { linkedState, pruneLinked, stageLinked, switchLinked } from './directory/linked.ts';
import { localFiles } from './directory/local-files.ts';
import type { SiteFiles } from './file-by-file/files.ts';
import { type HeldLock, removeLock, standingLock, takeLock } from './file-by-file/lock.ts';
import { readState } from './file-by-file/records.ts';
import { type Explain, guarded, inPlaceSession, PUBLISHED } from './file-by-file/session.ts';
import { UNTOUCHED } from './file-by-file/stage.ts';
import { surveyFiles } from './file-by-file/survey.ts';

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
  const files = localFiles();
  const look = async <Result>(read: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await read();
    } catch (error) {
      throw stateFailure(layout, error);
    }
  };
  const reach = () => {
    const above = dirname(folder);
    if (!above.startsWith(workspace + sep) && above !== workspace && !isFolder(above))
      throw fail('HOST_FOLDER_MISSING', { target, missing: above });
  };
  const survey: Host['survey'] = async (scope) => {
    const nothingKnown = { kind: 'absent' } as const;
    if (!isFolder(folder)) return new Map();
    return look(() => surveyFiles(files, layout, nothingKnown, scope));
  };
  return {
    target,
    async state() {
      reach();
      return look(() => stateIn(layout, files, modeOf(layout)));
    },
    async hashes(paths) {
      const found = new Map<string, Digest>();
      const breathe = breather();
      for (const path of paths) {
        const hash = await look(() => hashFile(join(folder, path)));
        if (hash !== undefined) found.set(path, hash);
        await breathe();
      }
      return found;
    },
    survey,
    async open(claim, touching) {
      reach();
      const session = await openSession(layout, files, claim, clock);
      try {
        return { ...session, live: await survey({ paths: touching }) };
      } catch (error) {
        await session.close();
        throw error;
      }
    },
    manner: async () => look(() => (modeOf(layout).kind === 'linked' ? 'at once' : 'file by file')),
    lock: () => look(() => standingLock(files, layout, clock)),
    unlock: () => look(() => removeLock(files, layout)),
  };
}

type LocalSession = Omit<HostSession, 'live'>;

async function openSession(
  layout: Layout,
  files: SiteFiles,
  claim: LockClaim,
  clock: Clock,
): Promise<LocalSession> {
  let lock: HeldLock | undefined;
  try {
    makeFolder(layout.releases);
    lock = await takeLock(files, layout, claim, clock);
    const mode = modeOf(layout);
    const state = await stateIn(layout, files, mode);
    if (mode.kind === 'linked') return linkedSession(layout, lock, state, mode.live);
    return inPlaceSession({ files, layout, state, lock, explain: explainer(layout) });
  } catch (error) {
    await lock?.release();
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
  const explain = explainer(layout);
  const asBefore = () => (liveFolder(layout) === folder ? UNTOUCHED : PUBLISHED);
  async function* switchOver(publication: Parameters<HostSession['switch']>[0]) {
    const outcome = yield* switchLinked(layout, before, publication, lock.assertHeld);
    live = outcome.live;
    return { movedAside: outcome.movedAside };
  }
  return {
    state,
    stage: (publication) => guarded(explain, asBefore, stageLinked(layout, publication)),
    switch: (publication) => guarded(explain, asBefore, switchOver(publication)),
    async *finish() {
      if (live !== undefined) yield* guarded(explain, () => PUBLISHED, pruneLinked(layout, live));
      await lock.release();
    },
    close: () => lock.release(),
  };
}

function stateIn(layout: Layout, files: SiteFiles, mode: Mode): Promise<HostState> | HostState {
  return mode.kind === 'linked' ? linkedState(layout, mode.live) : readState(files, layout);
}
const explainer =
  (layout: Layout): Explain =>
  (error, live) =>
    hostFailure(layout, error, live);

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
