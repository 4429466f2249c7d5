import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { type Release, readRelease, releaseText } from '../../site/release.ts';
import { writeFileAtomic } from '../files/atomic.ts';

/** Builds that are kept: one that waits for its approval, or is being published, must not lose its files. */
const KEPT = 10;

/** The last builds of one client, newest first. */
export interface KeptBuilds {
  /** Makes this the newest; the oldest is forgotten. */
  add(release: Release): void;
  newest(): Digest | undefined;
  /** A build by its digest or the beginning of it; undefined where it is not kept or not clear. */
  find(digest: string): Release | undefined;
  /** Content hashes of every file of every kept build. */
  contents(): Set<Digest>;
}

export function openKeptBuilds(dir: string, client: string): KeptBuilds {
  const orderFile = join(dir, 'builds.json');
  const releases = join(dir, 'releases');
  const order = () => readOrder(orderFile);
  const read = (digest: Digest): Release | undefined => {
    const text = readIfThere(join(releases, `${digest}.json`));
    return text === undefined ? undefined : readRelease(client, digest, text);
  };
  return {
    add(release) {
      const kept = [release.digest, ...order().filter((digest) => digest !== release.digest)].slice(0, KEPT);
      writeFileAtomic(join(releases, `${release.digest}.json`), releaseText(release));
      writeFileAtomic(orderFile, JSON.stringify(kept));
      const names = new Set(kept.map((digest) => `${digest}.json`));
      for (const name of readdirSync(releases))
        if (!names.has(name)) rmSync(join(releases, name), { force: true });
    },
    newest: () => order()[0],
    find(digest) {
      const [found, another] = order().filter((one) => digest !== '' && one.startsWith(digest));
      return found && !another ? read(found) : undefined;
    },
    contents() {
      const all = new Set<Digest>();
      for (const digest of order())
        for (const { sha256 } of read(digest)?.files.values() ?? []) all.add(sha256);
      return all;
    },
  };
}

function readOrder(file: string): Digest[] {
  try {
    return JSON.parse(readIfThere(file) ?? '[]') as Digest[];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
