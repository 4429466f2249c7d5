import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import type { Fronts } from '../../site/source/fronts.ts';
import type { AssetSource, PageSource } from '../../site/source/sources.ts';
import { readCache, writeCache } from './cache-file.ts';
import { keptFronts } from './kept-fronts.ts';
import { pageAt, readPageText } from './page-texts.ts';
import { type NameOf, readAsset } from './read-files.ts';
import { createTextMemory } from './text-memory.ts';
import type { FoundFile } from './walk.ts';

/** What files were when they were read, each member in the order of `locations`: few large values are read soonest. */
interface Kept {
  /** One to a line. */
  readonly locations: string;
  /** Of each file: size, the two times in milliseconds, inode. */
  readonly numbers: Float64Array;
  /** Content hashes, one after the other. */
  readonly hashes: string;
  /** Hashes of the fronts, one after the other; blanks for a file that is no page. */
  readonly fronts: string;
}

/** One file of them. */
interface Known extends Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'> {
  readonly sha256: Digest;
  readonly front: Digest | undefined;
}

/**
 * A file that was changed so shortly before it was read may be changed again without any of its times moving:
 * some file systems count in steps of two seconds.
 */
const SETTLED_MS = 3_000;

/** Part of all files. */
const MUCH = 0.01;

const NUMBERS = 4;
const HASH = 64;
const NO_FRONT = ' '.repeat(HASH);

/** Files that need not be read again. */
export interface KnownFiles {
  readonly fronts: Fronts;
  /** How many were known before this run. */
  readonly size: number;
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
  const before = lookUp(readCache<Kept>(file));
  const fronts = keptFronts(join(dir, 'fronts.bin'));
  const texts = createTextMemory();
  const seen = new Map<string, Known>();
  let added = 0;
  const look = ({ location }: FoundFile): { stat: Stats; known: Known | undefined } => {
    const stat = lstatSync(location);
    const known = before.get(location, stat);
    if (known) seen.set(location, known);
    return { stat, known };
  };
  const remember = ({ location }: FoundFile, stat: Stats, sha256: Digest, front?: Digest) => {
    if (Math.max(stat.mtimeMs, stat.ctimeMs) > Date.now() - settledMs) return;
    const { size, mtimeMs, ctimeMs, ino } = stat;
    seen.set(location, { size, mtimeMs, ctimeMs, ino, sha256, front });
    added++;
  };
  return {
    fronts: fronts.fronts,
    size: before.size,
    page(found, name) {
      const { path, location } = found;
      const known = before.size > 0 ? look(found).known : undefined;
      if (known?.front)
        return pageAt({ path, file: name(location), sha256: known.sha256, front: known.front }, { location });
      const { page, stat } = readPageText(found, name, texts);
      remember(found, stat, page.sha256, page.front);
      return page;
    },
    asset(found, name) {
      const { stat, known } = look(found);
      const { path, location } = found;
      if (known) return { path, file: name(location), sha256: known.sha256, size: stat.size, location };
      const asset = readAsset(found, name);
      remember(found, stat, asset.sha256);
      return asset;
    },
    save() {
      const isMuch = added > 0 && added >= before.size * MUCH;
      if (isMuch) writeCache(file, packed(seen));
      fronts.save(isMuch, () => new Set(Array.from(seen.values(), ({ sha256 }) => sha256)));
      if (isMuch) added = 0;
    },
  };
}

/** What was kept, for files that are what they were. */
function lookUp(kept: Kept | undefined): {
  readonly size: number;
  get(location: string, stat: Stats): Known | undefined;
} {
  // An earlier sec kept it in another shape: it is as good as none.
  if (typeof kept?.locations !== 'string') return { size: 0, get: () => undefined };
  const { numbers, hashes, fronts } = kept;
  const locations = kept.locations.split('\n');
  const placeOf = inOrder(locations);
  return {
    size: locations.length,
    get(location, stat) {
      const place = placeOf(location);
      if (place === undefined || !stat.isFile()) return undefined;
      const { size, mtimeMs, ctimeMs, ino } = stat;
      const at = NUMBERS * place;
      const isSame =
        numbers[at] === size &&
        numbers[at + 1] === mtimeMs &&
        numbers[at + 2] === ctimeMs &&
        numbers[at + 3] === ino;
      if (!isSame) return undefined;
      const front = fronts.slice(HASH * place, HASH * (place + 1));
      return {
        size,
        mtimeMs,
        ctimeMs,
        ino,
        sha256: hashes.slice(HASH * place, HASH * (place + 1)),
        front: front === NO_FRONT ? undefined : front,
      };
    },
  };
}

/** Finds the places of names that are mostly asked for one after the other. */
function inOrder(names: readonly string[]): (name: string) => number | undefined {
  let next = 0;
  let places: Map<string, number> | undefined;
  return (name) => {
    if (names[next] !== name) {
      places ??= new Map(names.map((one, place) => [one, place]));
      const place = places.get(name);
      if (place === undefined) return undefined;
      next = place;
    }
    return next++;
  };
}

function packed(seen: ReadonlyMap<string, Known>): Kept {
  // A name with a line break in it would shift the others.
  const known = [...seen].filter(([location]) => !location.includes('\n'));
  const numbers = new Float64Array(NUMBERS * known.length);
  for (const [place, [, { size, mtimeMs, ctimeMs, ino }]] of known.entries())
    numbers.set([size, mtimeMs, ctimeMs, ino], NUMBERS * place);
  return {
    locations: known.map(([location]) => location).join('\n'),
    numbers,
    hashes: known.map(([, { sha256 }]) => sha256).join(''),
    fronts: known.map(([, { front }]) => front ?? NO_FRONT).join(''),
  };
}
