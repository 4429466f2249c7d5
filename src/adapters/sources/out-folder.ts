import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Release, ReleaseContent, ReleaseFile } from '../../site/release.ts';
import { writeFileAtomic } from '../files/atomic.ts';
import { makeFolder } from '../files/make-folder.ts';

/**
 * Writes a release as a plain folder, for `--out`. Files that are right already are not touched; files of an
 * earlier build that are in the release no longer are removed; nothing else in the folder is.
 *
 * @param listFile where it is remembered what was written to which folder
 * @param name what errors call the folder
 * @throws OUT_NOT_EMPTY where the folder holds files that were never written by this
 */
export function writeOut(
  dir: string,
  { release, content }: { release: Release; content: ReleaseContent },
  { listFile, name }: { listFile: string; name: string },
): void {
  const lists: Record<string, Written> = existsSync(listFile)
    ? JSON.parse(readFileSync(listFile, 'utf8'))
    : {};
  const before = lists[dir];
  if (before === undefined && existsSync(dir) && readdirSync(dir).length > 0)
    throw fail('OUT_NOT_EMPTY', { dir: name });
  const remember = (written: Written) => {
    lists[dir] = written;
    writeFileAtomic(listFile, JSON.stringify(lists));
  };
  const written: Record<string, string> = {};
  remember({ ...Object.fromEntries([...release.files.keys()].map((path) => [path, ''])), ...before });
  for (const [path, file] of release.files) {
    const target = join(dir, path);
    const stat = statSync(target, { throwIfNoEntry: false });
    if (!stat || !isRight(before?.[path], target, stat, file)) {
      makeFolder(dirname(target));
      copyFileSync(content.locate(path), `${target}.tmp`);
      chmodSync(`${target}.tmp`, 0o644);
      renameSync(`${target}.tmp`, target);
    }
    written[path] = stateOf(statSync(target), file);
  }
  for (const path of Object.keys(before ?? {})) {
    if (release.files.has(path)) continue;
    rmSync(join(dir, path), { force: true });
    removeEmptyFolders(dir, dirname(path));
  }
  remember(written);
}

/** What was written to a folder: of each path the content, and what the system said of the file then. */
type Written = Readonly<Record<string, string>>;

const stateOf = ({ size, mtimeMs, ctimeMs, ino }: Stats, { sha256 }: ReleaseFile) =>
  [sha256, size, mtimeMs, ctimeMs, ino].join(' ');

/** A file that nobody touched since is not read again. */
function isRight(known: string | undefined, target: string, stat: Stats, file: ReleaseFile): boolean {
  if (stat.size !== file.size) return false;
  return known === stateOf(stat, file) || sha256(readFileSync(target)) === file.sha256;
}

function removeEmptyFolders(dir: string, path: string): void {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    const location = join(dir, folder);
    if (!existsSync(location)) continue;
    if (readdirSync(location).length > 0) return;
    rmdirSync(location);
  }
}
