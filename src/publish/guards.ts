import { fail } from '../core/errors/index.ts';
import type { Release } from '../site/release.ts';
import type { HostState } from './host.ts';
import { isPage } from './order.ts';
import { checkPaths } from './paths.ts';

/** Losing more than this share of the live files at once is refused unless `maxDeletes` allows it by number. */
const LARGEST_LOSS = 0.5;
/** Below this many live files a share says nothing. */
const SMALL_SITE = 10;

export interface Guards {
  /** The most files that may be removed. Naming it also lifts the limit on the share. */
  readonly maxDeletes?: number | undefined;
}

/** What stops a plan before anything happens. Whose host it is comes first: nothing else matters on a stranger's. */
export function checkGuards(
  release: Release,
  state: HostState,
  plan: { readonly target: string; readonly removals: Readonly<Record<string, unknown>> },
  live: number,
  { maxDeletes }: Guards,
): void {
  checkOwner(release, state, plan.target);
  checkPaths(release.files.keys());
  if (![...release.files.keys()].some(isPage)) throw fail('PUBLISH_EMPTY', { client: release.client });
  const removals = Object.keys(plan.removals).length;
  if (maxDeletes !== undefined) {
    if (removals > maxDeletes) throw fail('PUBLISH_TOO_MANY_DELETES', { removals, limit: maxDeletes });
  } else if (live >= SMALL_SITE && removals > live * LARGEST_LOSS) {
    throw fail('PUBLISH_SHRINKS', { client: release.client, removals, live });
  }
}

function checkOwner({ client }: Release, state: HostState, target: string): void {
  if (state.kind === 'absent') return;
  for (const { site, target: recorded } of [state.manifest, state.interrupted?.next ?? state.manifest]) {
    if (site !== client) throw fail('HOST_OF_ANOTHER', { client, target, owner: site });
    if (recorded !== target) throw fail('HOST_MOVED', { target, recorded });
  }
}
