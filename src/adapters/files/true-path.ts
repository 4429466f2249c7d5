import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Where a path really leads: every link is followed, also one that leads to nothing yet, and on a disk that does
 * not tell letter cases apart the names are spelt as they are stored. What does not exist keeps its name.
 *
 * @param path absolute
 */
export function truePath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const above = dirname(path);
    if (above === path) return path;
    const link = (error as NodeJS.ErrnoException).code === 'ENOENT' ? linkAt(path) : undefined;
    return link === undefined
      ? join(truePath(above), basename(path))
      : truePath(resolve(truePath(above), link));
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
