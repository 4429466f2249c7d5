import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, sha256 } from '../../core/digest.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

/** Pages that took time to make, by the digest of all that they were made of. */
export interface KeptPages {
  /** The page, made now if it is not there. */
  get(key: Digest, make: () => Promise<string>): Promise<string>;
  /** Lets go of the pages that were not asked for. */
  sweep(): void;
}

/** @param dir absolute path of a folder of their own */
export function openKeptPages(dir: string): KeptPages {
  const used = new Set<string>();
  return {
    async get(key, make) {
      const name = `${key}.html`;
      used.add(name);
      const kept = read(join(dir, name));
      if (kept !== undefined) return kept;
      const page = await make();
      writeFileAtomic(join(privateFolder(dir), name), `${sha256(page)}\n${page}`, 0o600);
      return page;
    },
    sweep() {
      if (!existsSync(dir)) return;
      for (const name of readdirSync(dir)) if (!used.has(name)) rmSync(join(dir, name), { force: true });
    },
  };
}

/** Undefined for a page that is not there, or not whole. */
function read(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const page = text.slice(65);
  return sha256(page) === text.slice(0, 64) ? page : undefined;
}
