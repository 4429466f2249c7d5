import type { Manifest } from '../../../publish/index.ts';
import { foldersOf } from '../../../publish/paths.ts';

/** What becomes of the files that somebody else put among a client's, when a release goes live. */
export interface Fates {
  /** They stay where they are. */
  readonly carried: readonly string[];
  /** The release needs their name, or they are sec's own files with somebody's changes: kept elsewhere. */
  readonly aside: readonly string[];
}

/**
 * Sorts what is live and not as sec left it.
 *
 * @param foreign paths of live files whose bytes are neither those of the release before nor of the next one
 */
export function fatesOf(foreign: Iterable<string>, owned: Manifest, next: Manifest): Fates {
  const needed = new Set(Object.keys(next.files).flatMap((path) => [path, ...foldersOf(path)]));
  const carried: string[] = [];
  const aside: string[] = [];
  for (const path of foreign) {
    const isInTheWay =
      needed.has(path) || foldersOf(path).some((folder) => Object.hasOwn(next.files, folder));
    if (isInTheWay || Object.hasOwn(owned.files, path)) aside.push(path);
    else carried.push(path);
  }
  return { carried, aside };
}
