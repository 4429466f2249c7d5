import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import type { BuildStore, FinishedBuild, LastBuild, Traces } from '../../site/build-store.ts';
import { type Release, type ReleaseContent, releaseContent } from '../../site/release.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { readCache, writeCache } from './cache-file.ts';
import { openKeptBuilds } from './kept-builds.ts';
import { openObjects } from './objects.ts';

/** Where a client's builds keep their files. */
export const objectsDir = (dir: string) => join(dir, 'objects');

/**
 * Builds of one client below `dir`: `objects/<sha256>`, `releases/<digest>.json`, `builds.json` (the order),
 * `last.bin` (the last build) and `traces.json` (how all of its pages came to be, but for those that `last.bin` has).
 */
export function buildFolder(dir: string, client: string): BuildStore {
  privateFolder(dir);
  const lastFile = join(dir, 'last.bin');
  const tracesFile = join(dir, 'traces.json');
  const kept = readCache<KeptBuild>(lastFile);
  const objects = openObjects(objectsDir(dir));
  const builds = openKeptBuilds(dir, client);
  return {
    ...objects,
    last(maker): LastBuild | undefined {
      if (kept?.maker !== maker) return undefined;
      const release = builds.find(kept.digest);
      return (
        release && { ...kept.build, release, traces: () => ({ ...readTraces(tracesFile), ...kept.traces }) }
      );
    },
    commit({ release, traces, areAll, ...build }, maker) {
      const isSame = !areAll && release.digest === kept?.digest && Object.keys(traces).length === 0;
      if (isSame && builds.newest() === release.digest) return;
      builds.add(release);
      if (areAll) writeFileAtomic(tracesFile, JSON.stringify(traces));
      writeCache(lastFile, {
        maker,
        digest: release.digest,
        build,
        traces: areAll ? {} : { ...kept?.traces, ...traces },
      } satisfies KeptBuild);
      objects.sweep(release.files.size, () => builds.contents());
    },
  };
}

/** What `last.bin` holds. */
interface KeptBuild {
  readonly maker: string;
  readonly digest: Digest;
  readonly build: Omit<FinishedBuild, 'release' | 'traces' | 'areAll'>;
  readonly traces: Traces;
}

/** The newest build of a client, or the one that is named; undefined where there is none. */
export function findBuild(
  dir: string,
  client: string,
  digest?: string,
): { release: Release; content: ReleaseContent } | undefined {
  const builds = openKeptBuilds(dir, client);
  const release = builds.find(digest ?? builds.newest() ?? '');
  if (!release) return undefined;
  return { release, content: releaseContent(release, (sha256) => join(objectsDir(dir), sha256)) };
}

function readTraces(file: string): Traces {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** The same store for a build that is only looked at: nothing of it becomes the current build. */
export const passingBuild = (store: BuildStore): BuildStore => ({ ...store, commit() {} });
