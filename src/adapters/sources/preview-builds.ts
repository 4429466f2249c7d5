import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildStore, Traces } from '../../site/build-store.ts';
import type { Release } from '../../site/release.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { openObjects } from './objects.ts';

/** Builds of a preview: the last one in memory, what it took on disk, apart from the client's own builds. */
export interface PreviewBuilds extends BuildStore {
  /** Lets the next preview begin where this one is, and clears away what only earlier builds needed. */
  save(): void;
}

/** @param dir of one client; nobody else's builds are in it */
export function previewBuilds(dir: string): PreviewBuilds {
  const objects = openObjects(join(privateFolder(dir), 'objects'));
  const file = join(dir, 'traces.json');
  let last: { readonly maker: string; readonly pages: Traces } | undefined = readTraces(file);
  let current: Release | undefined;
  return {
    ...objects,
    traces: (maker) => (last?.maker === maker ? last.pages : {}),
    commit(release, pages, maker) {
      current = release;
      last = { maker, pages };
    },
    save() {
      if (!last || !current) return;
      writeFileAtomic(file, JSON.stringify(last), 0o600);
      objects.sweep(new Set([...current.files.values()].map(({ sha256 }) => sha256)));
    },
  };
}

function readTraces(file: string): { maker: string; pages: Traces } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
