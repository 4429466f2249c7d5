import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Tells of changes of one file, also where an editor puts another of its name in its place: its folder is watched.
 *
 * @param path absolute; the folder must exist
 */
export function watchFile(path: string, changed: () => void): { close(): void } {
  const watcher = watch(dirname(path), (_, name) => {
    if (name === null || name === basename(path)) changed();
  });
  // A folder that is taken away has nothing more to tell.
  watcher.on('error', () => watcher.close());
  return watcher;
}
