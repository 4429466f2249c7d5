import type { Clock } from '../../../core/clock.ts';
import type { Digest } from '../../../core/digest.ts';
import type { Host, HostSession, HostState } from '../../../publish/index.ts';
import { allInLanes } from '../shared/lanes.ts';
import type { SiteFiles } from './files.ts';
import { at, type FilesLayout } from './layout.ts';
import { type HeldLock, removeLock, standingLock, takeLock } from './lock.ts';
import { lookFailure, type Refusals, sessionFailure } from './network.ts';
import type { Explain } from './session.ts';
import { UNTOUCHED } from './stage.ts';
import { surveyFiles } from './survey.ts';

/** How a site lies on a host behind a network, as a look at it found. */
export interface RemotePlace {
  readonly layout: FilesLayout;
  readonly isSwitchedAtOnce: boolean;
  state(): Promise<HostState>;
  session(state: HostState, lock: HeldLock, explain: Explain): Omit<HostSession, 'live'>;
}

export interface RemoteHostOptions {
  readonly files: SiteFiles;
  readonly refusals: Refusals;
  readonly clock: Clock;
  /** Keeps the connection open until `letGo`. */
  hold(): void;
  letGo(): void;
  /** Looks how the site lies there. `isToChange` makes the folder of the records where there is none. */
  find(isToChange: boolean): Promise<RemotePlace>;
}

/** A host behind a network whose files are reached one by one. */
export function remoteHost(options: RemoteHostOptions): Host {
  const { files, refusals, clock } = options;
  const explain: Explain = (error, live) => sessionFailure(refusals, error, live);
  const look = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    options.hold();
    try {
      return await work();
    } catch (error) {
      throw lookFailure(refusals, error);
    } finally {
      options.letGo();
    }
  };
  const open: Host['open'] = async (claim, touching) => {
    let lock: HeldLock | undefined;
    try {
      const { layout } = await options.find(true);
      lock = await takeLock(files, layout, claim, clock);
      const place = await options.find(true);
      const state = await place.state();
      const live = await surveyFiles(files, place.layout, state, { paths: touching });
      return { ...place.session(state, lock, explain), live };
    } catch (error) {
      await lock?.release();
      throw explain(error, UNTOUCHED);
    }
  };
  return {
    target: refusals.target,
    state: () => look(async () => (await options.find(false)).state()),
    hashes: (paths) =>
      look(async () => {
        const { layout } = await options.find(false);
        const hashed = await allInLanes(paths, files.lanes, async (path) => {
          const hash = await files.hash(at(layout.root, path));
          return hash === undefined ? [] : [[path, hash] as const];
        });
        return new Map<string, Digest>(hashed.flat());
      }),
    survey: (scope) =>
      look(async () => {
        const place = await options.find(false);
        return surveyFiles(files, place.layout, await place.state(), scope);
      }),
    async open(claim, touching) {
      options.hold();
      const session = await open(claim, touching).catch((error: unknown) => {
        options.letGo();
        throw error;
      });
      return {
        ...session,
        async *finish(publication) {
          yield* session.finish(publication);
          options.letGo();
        },
        async close() {
          await session.close();
          options.letGo();
        },
      };
    },
    manner: () =>
      look(async () => {
        if ((await options.find(false)).isSwitchedAtOnce) return 'at once';
        return (await files.replacesAtOnce()) ? 'file by file' : 'gaps';
      }),
    lock: () => look(async () => standingLock(files, (await options.find(false)).layout, clock)),
    unlock: () => look(async () => removeLock(files, (await options.find(false)).layout)),
  };
}
