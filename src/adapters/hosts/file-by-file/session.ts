import type { Work } from '../../../core/progress.ts';
import type { HostSession, HostState } from '../../../publish/index.ts';
import type { SiteFiles } from './files.ts';
import type { FilesLayout } from './layout.ts';
import type { HeldLock } from './lock.ts';
import { pruneFiles } from './prune.ts';
import { stageFiles, UNTOUCHED } from './stage.ts';
import type { Stamps } from './stamps.ts';
import { switchFiles } from './switch.ts';

export const PUBLISHED = 'The new release is live; only the clearing away of old files is not finished.';
const MIXED =
  'This folder is published to file by file: each file is a whole old or a whole new one, nothing was removed, and running it again completes it.';

const GAP =
  ' This host cannot replace a file in one step: the one that was being replaced may be missing until then.';

/** Puts what a place refused into words of the catalogue. @param live what is live now, as a sentence */
export type Explain = (error: unknown, live: string) => unknown;

export interface SessionParts {
  readonly files: SiteFiles;
  readonly layout: FilesLayout;
  readonly state: HostState;
  readonly lock: HeldLock;
  readonly explain: Explain;
}

/** A session with a place where files are replaced one by one. */
export function inPlaceSession({
  files,
  layout,
  state,
  lock,
  explain,
}: SessionParts): Omit<HostSession, 'live'> {
  let staged: Stamps = {};
  let gaps = '';
  async function* switchOver(publication: Parameters<HostSession['switch']>[0]) {
    gaps = (await files.replacesAtOnce()) ? '' : GAP;
    return yield* switchFiles(files, layout, state, publication, staged, lock.assertHeld);
  }
  async function* stage(publication: Parameters<HostSession['stage']>[0]): Work<void> {
    staged = yield* stageFiles(files, layout, state, publication);
  }
  return {
    state,
    stage: (publication) => guarded(explain, () => UNTOUCHED, stage(publication)),
    switch: (publication) => guarded(explain, () => MIXED + gaps, switchOver(publication)),
    async *finish(publication) {
      yield* guarded(explain, () => PUBLISHED, pruneFiles(files, layout, state, publication));
      await lock.release();
    },
    close: () => lock.release(),
  };
}

/** Runs a step of a session; what the place refuses on the way becomes a failure of the catalogue. */
export async function* guarded<Result>(
  explain: Explain,
  live: () => string,
  work: Work<Result>,
): Work<Result> {
  try {
    return yield* work;
  } catch (error) {
    throw explain(error, live());
  }
}
