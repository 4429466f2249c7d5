import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Digest } from '../../../core/digest.ts';
import { makeFolder } from '../../files/make-folder.ts';

const buffer = Buffer.allocUnsafe(1 << 20);

/** SHA-256 of a file's bytes; undefined where there is no such file. Links are not followed. */
export function hashFile(path: string): Digest | undefined {
  const file = openToRead(path);
  if (file === undefined) return undefined;
  try {
    const hash = createHash('sha256');
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      hash.update(buffer.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/** Copies a file to a new name and returns the SHA-256 of the bytes that went over. */
export function copyHashing(from: string, to: string): Digest {
  const source = openSync(from, 'r');
  try {
    const copy = openSync(to, 'wx', 0o644);
    try {
      const hash = createHash('sha256');
      for (let read = readSync(source, buffer); read > 0; read = readSync(source, buffer)) {
        hash.update(buffer.subarray(0, read));
        for (let done = 0; done < read; ) done += writeSync(copy, buffer, done, read - done);
      }
      return hash.digest('hex');
    } finally {
      closeSync(copy);
    }
  } finally {
    closeSync(source);
  }
}

/** Gives a file a second name, or copies it where the file system has no room for one. */
export function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!['EXDEV', 'EMLINK', 'EPERM', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

/** The same link again under another name. */
export function copyLink(from: string, to: string): void {
  rmSync(to, { force: true });
  symlinkSync(readlinkSync(from), to);
}

export interface Found {
  readonly path: string;
  readonly kind: 'file' | 'link';
}

/** All files and links below `dir`, by their path with forward slashes. Links are named, not followed. */
export function* walk(dir: string, below = ''): Generator<Found> {
  for (const entry of readdirSync(join(dir, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* walk(dir, path);
    else if (entry.isSymbolicLink()) yield { path, kind: 'link' };
    else if (entry.isFile()) yield { path, kind: 'file' };
  }
}

/** Makes folders, and remembers those that it made: a site has many files in few folders. */
export function folderMaker(): (path: string) => void {
  const made = new Set<string>();
  return (path) => {
    const dir = dirname(path);
    if (made.has(dir)) return;
    makeFolder(dir);
    made.add(dir);
  };
}

/** Files are handled synchronously, which is fastest; every so often timers and signals get their turn. */
export function breather(every = 64): () => Promise<void> {
  let n = 0;
  return async () => {
    n += 1;
    if (n % every === 0) await setImmediate();
  };
}

function openToRead(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
