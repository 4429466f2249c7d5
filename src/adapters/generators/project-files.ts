import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { FoundFile } from '../sources/walk.ts';

/** All that a generator's project is made of. */
export interface ProjectFiles {
  readonly files: readonly FoundFile[];
  /** Links to something inside the project, with what they say. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  /** Folders with the packages of Node programs. */
  readonly packages: readonly FoundFile[];
  /** What was passed over. */
  readonly leftOut: readonly string[];
}

const PACKAGES = 'node_modules';

/**
 * Looks through a project, hidden files too.
 *
 * @param isLeftOut whether a path (with forward slashes) is no part of it
 * @param name what errors call a location
 * @throws SYMLINK_REFUSED for a link that leads out of the project
 */
export function projectFiles(
  dir: string,
  isLeftOut: (path: string) => boolean,
  name: (location: string) => string,
): ProjectFiles {
  const files: FoundFile[] = [];
  const links: { path: string; target: string }[] = [];
  const packages: FoundFile[] = [];
  const leftOut: string[] = [];
  const root = realpathSync(dir);
  const enter = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = prefix + entry.name;
      const location = join(folder, entry.name);
      if (isLeftOut(path)) leftOut.push(path);
      else if (entry.name === PACKAGES) packages.push({ path, location });
      else if (entry.isSymbolicLink()) links.push({ path, target: targetOf(location, root, name) });
      else if (entry.isDirectory()) enter(location, `${path}/`);
      else if (entry.isFile()) files.push({ path, location });
    }
  };
  enter(dir, '');
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, links, packages, leftOut };
}

function targetOf(location: string, root: string, name: (location: string) => string): string {
  const target = readlinkSync(location);
  const way = isAbsolute(target) ? undefined : resolved(location);
  const inside = way === undefined ? '..' : relative(root, way);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw fail('SYMLINK_REFUSED', { file: name(location) });
  return target;
}

function resolved(location: string): string | undefined {
  try {
    return realpathSync(location);
  } catch {
    return undefined;
  }
}
