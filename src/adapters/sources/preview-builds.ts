import { join } from 'node:path';
import type { BuildStore, FinishedBuild } from '../../site/build-store.ts';
import { privateFolder } from '../files/atomic.ts';
import { readCache, writeCache } from './cache-file.ts';
import { openObjects } from './objects.ts';

/** Builds of a preview: the last one in memory, what it took on disk, apart from the client's own builds. */
export interface PreviewBuilds extends BuildStore {
  /** Lets the next preview begin where this one is, and clears away what only earlier builds needed. */
  save(): void;
}

interface Kept {
  readonly maker: string;
  /** With how all of its pages came to be. */
  readonly build: FinishedBuild;
}

/** @param dir of one client; nobody else's builds are in it */
export function previewBuilds(dir: string): PreviewBuilds {
  const objects = openObjects(join(privateFolder(dir), 'objects'));
  const file = join(dir, 'last.bin');
  let kept = readCache<Kept>(file);
  return {
    ...objects,
    last: (maker) => {
      if (kept?.maker !== maker) return undefined;
      const { traces, ...build } = kept.build;
      return { ...build, traces: () => traces };
    },
    commit(build, maker) {
      const others = build.areAll ? {} : kept?.build.traces;
      kept = { maker, build: { ...build, areAll: true, traces: { ...others, ...build.traces } } };
    },
    save() {
      if (!kept) return;
      const { files } = kept.build.release;
      writeCache(file, kept);
      objects.sweep(files.size, () => new Set(Array.from(files.values(), ({ sha256 }) => sha256)));
    },
  };
}
