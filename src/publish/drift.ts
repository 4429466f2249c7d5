import type { Digest } from '../core/digest.ts';
import type { HostState } from './host.ts';

/** Something on the live site that is not as sec left it. */
export interface Drift {
  readonly path: string;
  readonly change: 'changed' | 'added' | 'deleted';
}

/** What somebody else changed, added or deleted on a host since sec published, sorted by path. */
export function findDrift(state: HostState, live: ReadonlyMap<string, Digest>): Drift[] {
  if (state.kind === 'absent') return [];
  const { manifest, interrupted } = state;
  const expected = (path: string) =>
    [manifest.files[path], interrupted?.next.files[path], interrupted?.removals[path]].filter(
      (entry) => entry !== undefined,
    );
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
