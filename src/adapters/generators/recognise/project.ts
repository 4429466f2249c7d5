import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A folder with somebody's site, to look at. Nothing in it is run. */
export interface Project {
  /** What lies directly in it, sorted. */
  readonly names: readonly string[];
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
  /** Files with such a name in a folder and anywhere below it, sorted. */
  filesBelow(folder: string, name: RegExp): string[];
  /** A small text file; undefined where there is none. */
  text(path: string): string | undefined;
}

const LARGEST = 1 << 20;

export function openProject(dir: string): Project {
  const stat = (path: string) => statSync(join(dir, path), { throwIfNoEntry: false });
  return {
    names: readdirSync(dir).sort(),
    isFile: (path) => stat(path)?.isFile() === true,
    isFolder: (path) => stat(path)?.isDirectory() === true,
    filesBelow: (folder, name) =>
      readdirSync(join(dir, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && name.test(entry.name))
        .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
        .sort(),
    text(path) {
      const found = stat(path);
      return found?.isFile() && found.size <= LARGEST ? readFileSync(join(dir, path), 'utf8') : undefined;
    },
  };
}

/** The first of some files that is there. */
export const firstFile = (project: Project, paths: readonly string[]) =>
  paths.find((path) => project.isFile(path));

/** The first of some folders that is there. */
export const firstFolder = (project: Project, paths: readonly string[]) =>
  paths.find((path) => project.isFolder(path));
