import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { copyProject } from './copy-project.ts';
import { type ProjectFiles, projectFiles } from './project-files.ts';

export interface TakeOver {
  /** The folder that the site lies in now. */
  readonly from: string;
  /** `sites/<client>`; equal to `from` where the site lies there already. */
  readonly to: string;
  /** Folder below `to` that the files go to; `.` for that folder itself. */
  readonly into: string;
  /** What the generator builds into, below `from`. */
  readonly output: string | undefined;
  readonly siteYaml: string;
  /** The office's own folder, where the copy is put together. */
  readonly stateDir: string;
  /** What errors call a location. */
  readonly name: (location: string) => string;
}

/** How a site came into the workspace. */
export interface Taken {
  /** Files that were copied. */
  readonly copied: number;
  /** Paths below the folder that were left where they are. */
  readonly leftOut: readonly string[];
}

/** What would be copied, and what would be left. @throws SYMLINK_REFUSED */
export function lookThrough(options: TakeOver): Taken {
  return options.from === options.to ? { copied: 0, leftOut: [] } : takenOf(projectOf(options));
}

/**
 * Copies a site into the workspace and writes its site.yaml. The folder that it comes from stays as it is. The
 * client is there with all of its files, or not at all.
 *
 * @throws SYMLINK_REFUSED
 */
export function takeOver(options: TakeOver): Taken {
  const { from, to, into, siteYaml, stateDir } = options;
  if (from === to) {
    writeFileAtomic(join(to, 'site.yaml'), siteYaml);
    return lookThrough(options);
  }
  const project = projectOf(options);
  const copy = mkdtempSync(join(privateFolder(stateDir), 'adopting-'));
  try {
    copyProject(project, join(copy, into));
    writeFileSync(join(copy, 'site.yaml'), siteYaml, { flag: 'wx' });
    chmodSync(copy, 0o755);
    mkdirSync(dirname(to), { recursive: true });
    renameSync(copy, to);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  return takenOf(project);
}

const projectOf = ({ from, output, name }: TakeOver) =>
  projectFiles(from, (path) => path === output || isLeftBehind(path), name);

const takenOf = ({ files, leftOut, packages }: ProjectFiles): Taken => ({
  copied: files.length,
  leftOut: [...leftOut, ...packages.map(({ path }) => path)].sort(),
});

const records = ['.git', '.hg', '.svn', '.sec', '.DS_Store'];
const caches = ['.cache', '.jekyll-cache', '.sass-cache', '.next', '.astro', '.parcel-cache'];
const secrets = /^(\.env(\..+)?|\.envrc|\.npmrc|\.netrc|id_(rsa|dsa|ecdsa|ed25519)|.+\.(pem|p12|pfx))$/i;

/** Records of version control, caches, and files that mostly hold keys and passwords. */
function isLeftBehind(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return records.includes(name) || caches.includes(name) || secrets.test(name);
}
