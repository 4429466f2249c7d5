import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { ReleaseFile } from '../../site/release.ts';
import type { AssetSource } from '../../site/source/sources.ts';

/** Files by the SHA-256 of what is in them, read-only from the moment they are there. */
export interface Objects {
  /** Whether a file with that content is here, whole: a crash may have left one without its bytes. */
  has(file: ReleaseFile): boolean;
  locate(sha256: Digest): string;
  /** Says how the folder is now: as long as it is sealed like that, nothing came or went. */
  seal(): string;
  isSealed(seal: string | undefined): boolean;
  /** Keeps a text; one that is here whole stays as it is. */
  putText(sha256: Digest, text: string): void;
  /** @throws SOURCE_CHANGED where the file no longer has that content */
  putFile(source: AssetSource): void;
  /**
   * Once there are far more files than the `current` build has, removes what is not needed, but for what is so
   * new that a build beside this one may count on it.
   */
  sweep(current: number, needed: () => ReadonlySet<Digest>): void;
}

const CHUNK = 1 << 20;
const HOUR_MS = 3_600_000;
/** A clock that is set right meanwhile only makes a build look at its files again. */
const CLOCK_DRIFT_S = 10;
const SPARE = 2;
const SPARE_FILES = 200;

export function openObjects(dir: string): Objects {
  mkdirSync(dir, { recursive: true });
  const session = randomBytes(6).toString('hex');
  let count = 0;
  const locate = (sha256: Digest) => `${dir}/${sha256}`;
  const putWith = (sha256: Digest, fill: (handle: number) => void) => {
    const temporary = join(dir, `${session}-${count++}.tmp`);
    try {
      const handle = openSync(temporary, 'wx', 0o444);
      try {
        fill(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(temporary, locate(sha256));
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  };
  const isWhole = ({ sha256, size }: ReleaseFile) =>
    statSync(locate(sha256), { throwIfNoEntry: false })?.size === size;
  return {
    has: isWhole,
    locate,
    seal: () => sealOf(dir),
    isSealed: (seal) => seal === sealOf(dir),
    putText(sha256, text) {
      try {
        // Straight to its place: until its last byte is written, its size tells that it is not whole.
        // With its encoding said, Node does it in one call of its own.
        writeFileSync(locate(sha256), text, { encoding: 'utf8', flag: 'wx', mode: 0o444 });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (!isWhole({ sha256, size: Buffer.byteLength(text) }))
          putWith(sha256, (handle) => writeAll(handle, Buffer.from(text)));
      }
    },
    putFile: (source) => putWith(source.sha256, (handle) => copyChecked(source, handle)),
    sweep(current, neededNow) {
      const present = readdirSync(dir).filter((name) => /^[0-9a-f]{64}$/.test(name));
      if (present.length <= SPARE * current + SPARE_FILES) return;
      const needed = neededNow();
      const limit = Date.now() - HOUR_MS;
      for (const sha256 of present) {
        if (needed.has(sha256) || statSync(locate(sha256)).mtimeMs > limit) continue;
        rmSync(locate(sha256), { force: true });
      }
    },
  };
}

/**
 * The folder's times move with every file that comes, goes or gets another name. What is in a file is safe from
 * everything but a crash of the machine, which the last start of the machine tells.
 */
function sealOf(dir: string): string {
  const { ino, mtimeMs, ctimeMs } = statSync(dir);
  const started = Math.round((Date.now() / 1000 - uptime()) / CLOCK_DRIFT_S);
  return [ino, mtimeMs, ctimeMs, started].join(' ');
}

function copyChecked({ location, sha256, file }: AssetSource, to: number): void {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK);
  const from = openSync(location, 'r');
  try {
    for (let read = readSync(from, chunk); read > 0; read = readSync(from, chunk)) {
      hash.update(chunk.subarray(0, read));
      writeAll(to, chunk.subarray(0, read));
    }
  } finally {
    closeSync(from);
  }
  if (hash.digest('hex') !== sha256) throw fail('SOURCE_CHANGED', { file });
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
}
