import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { type Fronts, frontDigest } from '../../site/source/fronts.ts';
import type { AssetSource, PageSource } from '../../site/source/sources.ts';
import { readCache, writeCache } from './cache-file.ts';
import { type NameOf, readAsset, readText, readTextAgain } from './read-files.ts';
import type { FoundFile } from './walk.ts';

/** What a file was when it was read. */
type Known = readonly [
  size: number,
  mtimeMs: number,
  ctimeMs: number,
  ino: number,
  sha256: Digest,
  front: Digest | null,
];

interface Kept {
  readonly files: ReadonlyMap<string, Known>;
  readonly fronts: Fronts;
}

/**
 * A file that was changed so shortly before it was read may be changed again without any of its times moving:
 * some file systems count in steps of two seconds.
 */
const SETTLED_MS = 3_000;

/** Part of all files. */
const MUCH = 0.01;

/** Files that need not be read again. */
export interface KnownFiles {
  readonly fronts: Fronts;
  page(file: FoundFile, name: NameOf): PageSource;
  asset(file: FoundFile, name: NameOf): AssetSource;
  /** Keeps what was read in this run, where it is much: a few files are read sooner than all are written down. */
  save(): void;
}

/**
 * Remembers the content hashes of a client's files in `dir`. One is taken for what it was while its size, both of
 * its times and its place on the disk are the same, and it had rested when it was read: a program that sets a
 * file's time back still moves the other one. In doubt a file is read.
 *
 * @param settledMs how long a file must have rested, in milliseconds
 */
export function openKnownFiles(dir: string, settledMs = SETTLED_MS): KnownFiles {
  const file = join(dir, 'files.bin');
  const kept = readCache<Kept>(file) ?? { files: new Map(), fronts: new Map() };
  const seen = new Map<string, Known>();
  const fronts: Fronts = new Map(kept.fronts);
  let added = 0;
  const look = (found: FoundFile): { stat: Stats; known: Known | undefined } => {
    const stat = lstatSync(found.location);
    const known = kept.files.get(found.location);
    if (!known || !isSame(known, stat)) return { stat, known: undefined };
    seen.set(found.location, known);
    return { stat, known };
  };
  const remember = ({ location }: FoundFile, stat: Stats, sha256: Digest, front: Digest | null) => {
    const { size, mtimeMs, ctimeMs, ino } = stat;
    if (Math.max(mtimeMs, ctimeMs) > Date.now() - settledMs) return;
    seen.set(location, [size, mtimeMs, ctimeMs, ino, sha256, front]);
    added++;
  };
  return {
    fronts,
    page(found, name) {
      const { stat, known } = look(found);
      if (known?.[5]) return readTextAgain(found, { name, sha256: known[4], front: known[5] });
      const source = readText(found, name);
      const front = frontDigest(source.text);
      remember(found, stat, source.sha256, front);
      return { ...source, front };
    },
    asset(found, name) {
      const { stat, known } = look(found);
      const { path, location } = found;
      if (known) return { path, file: name(location), sha256: known[4], size: known[0], location };
      const asset = readAsset(found, name);
      remember(found, stat, asset.sha256, null);
      return asset;
    },
    save() {
      if (added === 0 || added < kept.files.size * MUCH) return;
      const used = new Set(Array.from(seen.values(), (known) => known[4]));
      const wanted = new Map([...fronts].filter(([sha256]) => used.has(sha256)));
      writeCache(file, { files: seen, fronts: wanted } satisfies Kept);
    },
  };
}

const isSame = ([size, mtimeMs, ctimeMs, ino]: Known, stat: Stats) =>
  stat.isFile() &&
  stat.size === size &&
  stat.mtimeMs === mtimeMs &&
  stat.ctimeMs === ctimeMs &&
  stat.ino === ino;
