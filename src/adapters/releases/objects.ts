import { copyFileSync, existsSync, linkSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { privateFolder } from '../files/atomic.ts';

/** Files by the hash of their bytes: `objects/ab/cdef…`. */
export interface ObjectStore {
  /**
   * Keeps a file's bytes, which are known to have this hash and size. A second name where the disk allows, a copy
   * elsewhere. What a power cut left of an earlier copy makes way.
   */
  keep(sha256: Digest, from: string, size: number): void;
  /** Absolute path of the bytes. */
  locate(sha256: Digest): string;
  dropAllBut(used: ReadonlySet<Digest>): void;
}

export function objectStore(dir: string): ObjectStore {
  const folders = new Set<string>();
  const folderOf = (sha256: Digest) => join(dir, sha256.slice(0, 2));
  const locate = (sha256: Digest) => join(folderOf(sha256), sha256.slice(2));
  return {
    locate,
    keep(sha256, from, size) {
      const to = locate(sha256);
      const there = statSync(to, { throwIfNoEntry: false });
      if (there?.size === size) return;
      rmSync(to, { force: true });
      const folder = folderOf(sha256);
      if (!folders.has(folder)) folders.add(privateFolder(folder));
      try {
        linkSync(from, to);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
        copyFileSync(from, `${to}.tmp`);
        renameSync(`${to}.tmp`, to);
      }
    },
    dropAllBut(used) {
      if (!existsSync(dir)) return;
      for (const prefix of readdirSync(dir))
        for (const rest of readdirSync(join(dir, prefix)))
          if (!used.has(prefix + rest)) rmSync(join(dir, prefix, rest));
    },
  };
}
