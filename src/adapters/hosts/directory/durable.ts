import { execFile } from 'node:child_process';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { foldersOf } from '../../../publish/paths.ts';
import { syncFolder } from '../../files/atomic.ts';

/**
 * Makes a whole tree durable before it goes live, so that a power cut never leaves a live link to empty files.
 * One syncfs(2) through coreutils' `sync -f` serves all files at once; where there is none, file by file.
 */
export async function settle(dir: string, paths: Iterable<string>): Promise<void> {
  if (process.platform === 'linux' && (await syncFileSystem(dir))) return;
  const folders = new Set<string>();
  for (const path of paths) {
    syncFile(join(dir, path));
    for (const folder of foldersOf(path)) folders.add(folder);
  }
  for (const folder of folders) syncFolder(join(dir, folder));
  syncFolder(dir);
}

async function syncFileSystem(dir: string): Promise<boolean> {
  try {
    await promisify(execFile)('sync', ['-f', '--', dir]);
    return true;
  } catch {
    return false;
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
