import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Digest, digestOf } from '../../core/digest.ts';
import type { TextSource } from '../../site/source/sources.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { readAsset } from '../sources/read-files.ts';
import { copyProject } from './copy-project.ts';
import { type ProjectFiles, projectFiles } from './project-files.ts';

const DAY_MS = 86_400_000;

export interface WorkshopOptions {
  /** The client's folder, which is the generator's project. */
  readonly siteDir: string;
  readonly output: string;
  readonly content: string;
  /** What errors call a location. */
  readonly name: (location: string) => string;
}

/** A copy of a client's project, to build in: an edit can be tried, and no earlier output is taken for a new one. */
export interface Workshop {
  readonly dir: string;
  /** Digest of all that the generator is given. */
  readonly inputs: Digest;
  remove(): void;
}

/**
 * Copies a client's project into a folder of its own below `parent`. Left out are site.yaml (the client's rules are
 * nobody's web page), what was built before, and the records of version control. Installed packages are linked to.
 *
 * @param instead texts below the content folder that stand in for the files of their path
 * @throws SYMLINK_REFUSED
 */
export function openWorkshop(
  parent: string,
  options: WorkshopOptions,
  instead: readonly TextSource[] = [],
): Workshop {
  privateFolder(parent);
  removeForgotten(parent);
  const project = filesOf(options);
  const dir = mkdtempSync(join(parent, 'site-'));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  try {
    copyProject(project, dir);
    for (const { path, location } of project.packages) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      symlinkSync(location, join(dir, path), 'junction');
    }
    for (const { path, text } of instead) writeFileAtomic(join(dir, options.content, path), text);
    chmodSync(dir, 0o700);
    return { dir, inputs: inputsOf({ ...options, siteDir: dir }), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Digest of all that a generator is given, without the packages that are installed. @throws SYMLINK_REFUSED */
export function inputsOf(options: WorkshopOptions): Digest {
  const { files, links } = filesOf(options);
  const hashed = files.map((file) => [file.path, readAsset(file, options.name).sha256]);
  return digestOf([hashed, links.map(({ path, target }) => [path, target]).sort()]);
}

const records = ['.git', '.hg', '.svn', '.sec'];

function filesOf({ siteDir, output, name }: WorkshopOptions): ProjectFiles {
  const built = output
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  const isLeftOut = (path: string) =>
    path === 'site.yaml' || path === built || records.includes(path.slice(path.lastIndexOf('/') + 1));
  return projectFiles(siteDir, isLeftOut, name);
}

/** Clears away what a crash left behind. */
function removeForgotten(parent: string): void {
  for (const entry of readdirSync(parent)) {
    const dir = join(parent, entry);
    if (statSync(dir).mtimeMs < Date.now() - DAY_MS) rmSync(dir, { recursive: true, force: true });
  }
}
