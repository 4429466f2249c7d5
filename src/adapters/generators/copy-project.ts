import { constants, copyFileSync, mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProjectFiles } from './project-files.ts';

/** Copies a project's files and its links within itself, with their times. Its packages are not copied. */
export function copyProject({ files, links }: ProjectFiles, to: string): void {
  for (const { path, location } of files) {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(location, target, constants.COPYFILE_FICLONE);
    const { atime, mtime } = statSync(location);
    utimesSync(target, atime, mtime);
  }
  for (const { path, target } of links) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    symlinkSync(target, join(to, path));
  }
}
