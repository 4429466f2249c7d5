import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, sha256 } from '../../core/digest.ts';
import { writeFileAtomic } from '../files/atomic.ts';

/** A picture that was made. */
export interface KeptVariant {
  readonly location: string;
  readonly sha256: Digest;
  readonly size: number;
}

/** Pictures that were made, by what they were made of and into what. */
export interface VariantStore {
  find(key: Digest): KeptVariant | undefined;
  put(key: Digest, bytes: Uint8Array): KeptVariant;
  /** Clears away what was not used for longest, where it is far more than what is used. */
  sweep(used: ReadonlySet<Digest>): void;
}

const SPARE = 100_000_000;
const HOUR_MS = 3_600_000;
const NAME = /^([0-9a-f]{64})-([0-9a-f]{64})-(\d+)$/;

/**
 * Keeps them in a folder; the name of each says what is in it. Several processes may work in it at once.
 *
 * @param spare bytes that may lie there unused
 */
export function openVariants(dir: string, spare = SPARE): VariantStore {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const kept = new Map<Digest, KeptVariant>();
  for (const name of readdirSync(dir)) {
    const [, key, hash, size] = NAME.exec(name) ?? [];
    if (key && hash) kept.set(key, { location: join(dir, name), sha256: hash, size: Number(size) });
  }
  return {
    find(key) {
      const found = kept.get(key);
      return found && sizeOf(found.location) === found.size ? found : undefined;
    },
    put(key, bytes) {
      const hash = sha256(bytes);
      const location = join(dir, `${key}-${hash}-${bytes.length}`);
      writeFileAtomic(location, bytes);
      const made = { location, sha256: hash, size: bytes.length };
      kept.set(key, made);
      return made;
    },
    sweep(used) {
      const now = Date.now();
      const unused: { key: Digest; location: string; size: number; mtimeMs: number }[] = [];
      let bytes = 0;
      for (const [key, { location, size }] of kept) {
        const stat = statSync(location, { throwIfNoEntry: false });
        if (!stat) continue;
        if (used.has(key)) utimesSync(location, now / 1000, now / 1000);
        else {
          unused.push({ key, location, size, mtimeMs: stat.mtimeMs });
          bytes += size;
        }
      }
      for (const { key, location, size, mtimeMs } of unused.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
        if (bytes <= spare || mtimeMs > now - HOUR_MS) return;
        rmSync(location, { force: true });
        kept.delete(key);
        bytes -= size;
      }
    },
  };
}

const sizeOf = (location: string) => statSync(location, { throwIfNoEntry: false })?.size;
