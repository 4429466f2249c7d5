import type { Digest } from '../../core/digest.ts';
import type { Front, Fronts } from '../../site/source/fronts.ts';
import { readCache, writeCache } from './cache-file.ts';

/** Fields of pages by the hash of their texts, in a file that is read when somebody first asks for one. */
export function keptFronts(file: string): {
  readonly fronts: Fronts;
  /** Keeps those of the texts that are still `used`, where much was added to them or `isWanted`. */
  save(isWanted: boolean, used: () => ReadonlySet<Digest>): void;
} {
  let kept: ReadonlyMap<Digest, Front> | undefined;
  const added = new Map<Digest, Front>();
  const before = () => {
    kept ??= inThisShape(readCache<ReadonlyMap<Digest, Front>>(file));
    return kept;
  };
  return {
    fronts: {
      get: (sha256) => added.get(sha256) ?? before().get(sha256),
      set: (sha256, front) => void added.set(sha256, front),
    },
    save(isWanted, used) {
      if (added.size === 0 || (!isWanted && added.size < before().size * MUCH)) return;
      const wanted = used();
      kept = new Map([...before(), ...added].filter(([sha256]) => wanted.has(sha256)));
      writeCache(file, kept);
      added.clear();
    },
  };
}

/** What an earlier sec kept in another shape is as good as none. */
function inThisShape(kept: ReadonlyMap<Digest, Partial<Front>> | undefined): ReadonlyMap<Digest, Front> {
  const [one] = kept?.values() ?? [];
  return one?.bodyStart === undefined ? new Map() : (kept as ReadonlyMap<Digest, Front>);
}

/** Part of all fronts. */
const MUCH = 0.01;
