import type { Digest } from '../core/digest.ts';
import type { Release } from '../site/release.ts';
import type { HostState } from './host.ts';
import type { FileEntry } from './manifest.ts';
import type { PublishPlan } from './plan.ts';

/** Something on the live site that is not as sec left it. */
export interface Drift {
  readonly path: string;
  readonly change: 'changed' | 'added' | 'deleted';
}

/** What somebody else changed, added or deleted on a host since sec published, sorted by path. */
export function findDrift(state: HostState, live: ReadonlyMap<string, Digest>): Drift[] {
  if (state.kind === 'absent') return [];
  const { manifest, interrupted } = state;
  const expected = (path: string) => recorded(state, path);
  const drift: Drift[] = [];
  for (const [path, hash] of live) {
    const known = expected(path);
    if (known.length === 0) drift.push({ path, change: 'added' });
    else if (!known.some(({ sha256 }) => sha256 === hash)) drift.push({ path, change: 'changed' });
  }
  for (const path of Object.keys(manifest.files)) {
    const mayBeGone = interrupted !== undefined && !Object.hasOwn(interrupted.next.files, path);
    if (!live.has(path) && !mayBeGone) drift.push({ path, change: 'deleted' });
  }
  return drift.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * What somebody else did to the files that a plan replaces or removes. A file that is as the release wants it, and
 * one to be removed that is gone already, is in nobody's way.
 *
 * @param live what is at the paths that the plan touches
 */
export function driftUnder(
  plan: Pick<PublishPlan, 'uploads' | 'removals'>,
  release: Release,
  state: HostState,
  live: ReadonlyMap<string, Digest>,
): Drift[] {
  const drift = touchedPaths(plan).flatMap((path): Drift[] => {
    const known = recorded(state, path);
    const hash = live.get(path);
    const isPlain = state.kind === 'absent' || state.interrupted === undefined;
    if (hash === undefined)
      return known.length > 0 && isPlain && release.files.has(path) ? [{ path, change: 'deleted' }] : [];
    if (hash === release.files.get(path)?.sha256 || known.some((entry) => entry.sha256 === hash)) return [];
    return [{ path, change: known.length > 0 ? 'changed' : 'added' }];
  });
  return drift.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What of sec's own is not as sec left it: the paths to bring again where that is to make way. */
export function pathsToBringAgain(state: HostState, live: ReadonlyMap<string, Digest>): Set<string> {
  return new Set(findDrift(state, live).flatMap(({ path, change }) => (change === 'added' ? [] : [path])));
}

/** The paths that a plan replaces or removes. */
export const touchedPaths = ({ uploads, removals }: Pick<PublishPlan, 'uploads' | 'removals'>): string[] => [
  ...uploads.map(({ path }) => path),
  ...Object.keys(removals),
];

/** What sec may have put at a path. */
function recorded(state: HostState, path: string): FileEntry[] {
  if (state.kind === 'absent') return [];
  const { manifest, interrupted } = state;
  return [manifest.files[path], interrupted?.next.files[path], interrupted?.removals[path]].filter(
    (entry) => entry !== undefined,
  );
}
