import { lstatSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../files/atomic.ts';
import { makeFolder } from '../../files/make-folder.ts';
import type { FileStat, SiteFiles } from '../file-by-file/files.ts';
import { settle } from './durable.ts';
import { breather, copyHashing, copyLink, hashFile, linkOrCopy } from './files.ts';

/** Folders of this computer. Everything is read: no time is taken on trust. */
export function localFiles(): SiteFiles {
  const breathe = breather();
  return {
    lanes: 1,
    list: async (folder) => listing(folder),
    read: async (path) => unlessMissing(() => readFileSync(path)),
    async hash(path) {
      await breathe();
      return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? 'link' : hashFile(path);
    },
    write: async (path, content) => writeFileAtomic(path, content),
    async bring(from, to) {
      await breathe();
      rmSync(to, { force: true });
      const sha256 = copyHashing(from, to);
      return { sha256, size: lstatSync(to).size };
    },
    rename: async (from, to) => renameSync(from, to),
    replacesAtOnce: async () => true,
    renameFolder: async (from, to) => renameFolder(from, to),
    async keep(from, to) {
      if (lstatSync(from).isSymbolicLink()) copyLink(from, to);
      else linkOrCopy(from, to);
    },
    makeFolder: async (path) => makeFolder(path),
    remove: async (path) => rmSync(path, { force: true }),
    removeFolder: async (path) => removeFolder(path),
    settle,
  };
}

function listing(folder: string): ReadonlyMap<string, FileStat> | undefined {
  const names = unlessMissing(() => readdirSync(folder));
  return names && new Map(names.flatMap((name) => statEntry(folder, name)));
}

function statEntry(folder: string, name: string): [string, FileStat][] {
  const there = lstatSync(join(folder, name), { throwIfNoEntry: false });
  if (!there) return [];
  const kind = there.isSymbolicLink() ? 'link' : there.isDirectory() ? 'folder' : 'file';
  return [[name, { kind, size: there.size, id: `${there.dev}:${there.ino}` }]];
}

function unlessMissing<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A folder is never renamed over one that holds something (rename(2)); Windows says EPERM there. */
function renameFolder(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // What is to be renamed is gone where another run took the lock and cleared up around it.
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(code)) return false;
    if (code === 'EPERM' && lstatSync(to, { throwIfNoEntry: false })) return false;
    throw error;
  }
}

function removeFolder(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}
