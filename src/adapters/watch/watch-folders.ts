import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { dirname, join, sep } from 'node:path';

export interface WatchOptions {
  /** Called for everything that is written, made, renamed or removed; several times for one save. */
  readonly changed: () => void;
  /** Files and folders of which nothing is told, by absolute path. */
  readonly passOver: (path: string) => boolean;
}

/**
 * Tells of changes below folders, also below those that appear later. Each folder is watched by itself: what
 * `recursive` does on Linux is a watcher for every file, and a file that is replaced by another of its name, as
 * editors do when they save, is lost to it.
 *
 * @param roots absolute paths; they need not exist yet
 */
export function watchFolders(
  roots: readonly string[],
  { changed, passOver }: WatchOptions,
): { close(): void } {
  const watchers = new Map<string, FSWatcher>();
  const leave = (path: string) => {
    for (const [dir, watcher] of watchers) {
      if (dir !== path && !dir.startsWith(path + sep)) continue;
      watcher.close();
      watchers.delete(dir);
    }
  };
  const listen = (dir: string, told: (name: string | null) => void): boolean => {
    try {
      const watcher = watch(dir, (_, name) => told(name));
      watcher.on('error', () => leave(dir));
      watchers.set(dir, watcher);
      return true;
    } catch {
      return false;
    }
  };
  const enter = (dir: string) => {
    leave(dir);
    if (passOver(dir) || !listen(dir, (name) => notice(dir, name))) return;
    for (const name of foldersIn(dir)) enter(join(dir, name));
  };
  const notice = (dir: string, name: string | null) => {
    const path = name === null ? dir : join(dir, name);
    if (passOver(path)) return;
    if (isFolder(path)) enter(path);
    else leave(path);
    changed();
  };
  const begin = (root: string) => {
    if (existsSync(root)) return enter(root);
    let near = dirname(root);
    while (!existsSync(near) && near !== dirname(near)) near = dirname(near);
    const next = root.slice(0, (root + sep).indexOf(sep, near.length + 1));
    const watcher = watch(near, () => {
      if (!existsSync(next)) return;
      watcher.close();
      waiting.delete(watcher);
      begin(root);
      changed();
    });
    waiting.add(watcher);
  };
  const waiting = new Set<FSWatcher>();
  for (const root of roots) begin(root);
  return {
    close() {
      for (const watcher of [...watchers.values(), ...waiting]) watcher.close();
    },
  };
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function foldersIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
