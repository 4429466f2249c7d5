import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import type { BuildStore, FinishedBuild, LastBuild } from '../../site/build-store.ts';
import { type Release, type ReleaseContent, releaseContent } from '../../site/release.ts';
import { privateFolder } from '../files/atomic.ts';
import { readCache, writeCache } from './cache-file.ts';
import { openKeptBuilds } from './kept-builds.ts';
import { openKeptSite, writeKeptSite } from './kept-site.ts';
import { openObjects } from './objects.ts';

/** Where a client's builds keep their files. */
export const objectsDir = (dir: string) => join(dir, 'objects');

/**
 * Builds of one client below `dir`: `objects/<sha256>`, `releases/<digest>.json`, `builds.json` (the order),
 * `last.bin` (the last build) and `site.bin` (how all of its pages came to be, but for those that `last.bin` has).
 */
export function buildFolder(dir: string, client: string): BuildStore {
  privateFolder(dir);
  const lastFile = join(dir, 'last.bin');
  const siteFile = join(dir, 'site.bin');
  let kept = readCache<KeptBuild>(lastFile);
  const objects = openObjects(objectsDir(dir));
  const builds = openKeptBuilds(dir, client);
  return {
    ...objects,
    last(maker): LastBuild | undefined {
      if (kept?.maker !== maker) return undefined;
      const site = openKeptSite(siteFile, kept.site);
      if (!site) return undefined;
      const { digest, build, traces, seal } = kept;
      return {
        ...build,
        release: () => builds.find(digest),
        isWhole: ({ files }) =>
          objects.isSealed(seal) || [...files.values()].every((file) => objects.has(file)),
        pages: site.pages,
        traces: () => ({ ...site.traces(), ...traces }),
        reads: (id) => (traces[id] ? [...traces[id].reads.keys()] : site.reads(id)),
        fact: site.fact,
      };
    },
    commit({ release, traces, whole, ...build }, maker) {
      const isSame = !whole && release.digest === kept?.digest && Object.keys(traces).length === 0;
      if (!isSame || builds.newest() !== release.digest) builds.add(release);
      else if (objects.isSealed(kept?.seal)) return;
      if (whole) objects.sweep(release.files.size, () => builds.contents());
      kept = {
        maker,
        digest: release.digest,
        build: settingsOf(build),
        site: whole ? writeKeptSite(siteFile, traces, whole) : (kept?.site ?? ''),
        traces: whole ? {} : { ...kept?.traces, ...traces },
        seal: objects.seal(),
      };
      writeCache(lastFile, kept);
    },
  };
}

/** What `last.bin` holds. */
interface KeptBuild {
  readonly maker: string;
  readonly digest: Digest;
  readonly build: Omit<FinishedBuild, 'release' | 'traces' | 'whole'>;
  /** Names the `site.bin` that belongs to it. */
  readonly site: string;
  readonly traces: FinishedBuild['traces'];
  readonly seal: string;
}

/** Nothing but what is kept: a build that was carried over has more to it. */
function settingsOf(build: KeptBuild['build']): KeptBuild['build'] {
  const { outline, from, until, showsYear, texts, pageCount, inParts, warnings, nextChange } = build;
  return { outline, from, until, showsYear, texts, pageCount, inParts, warnings, nextChange };
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

/** The same store for a build that is only looked at: nothing of it becomes the current build. */
export const passingBuild = (store: BuildStore): BuildStore => ({ ...store, commit() {} });
