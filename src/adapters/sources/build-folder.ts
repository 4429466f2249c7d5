import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildStore, Traces } from '../../site/build-store.ts';
import { type Release, type ReleaseContent, releaseContent } from '../../site/release.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { openKeptBuilds } from './kept-builds.ts';
import { openObjects } from './objects.ts';

/**
 * Builds of one client below `dir`: `objects/<sha256>`, `releases/<digest>.json`, `builds.json` (the order) and
 * `traces.json` (how the pages of the last build came to be).
 */
export function buildFolder(dir: string, client: string): BuildStore {
  privateFolder(dir);
  const objects = openObjects(join(dir, 'objects'));
  const builds = openKeptBuilds(dir, client);
  const tracesFile = join(dir, 'traces.json');
  return {
    ...objects,
    traces: (maker) => readTraces(tracesFile, maker),
    commit(release, traces, maker) {
      builds.add(release);
      writeFileAtomic(tracesFile, JSON.stringify({ maker, pages: traces }));
      objects.sweep(builds.contents());
    },
  };
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
  return { release, content: releaseContent(release, (sha256) => join(dir, 'objects', sha256)) };
}

function readTraces(file: string, maker: string): Traces {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { maker: string; pages: Traces };
    return kept.maker === maker ? kept.pages : {};
  } catch {
    return {};
  }
}

/** The same store for a build that is only looked at: nothing of it becomes the current build. */
export const passingBuild = (store: BuildStore): BuildStore => ({ ...store, commit() {} });
