import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Release, ReleaseContent } from '../../site/release.ts';
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
  const lists: Record<string, string[]> = existsSync(listFile)
    ? JSON.parse(readFileSync(listFile, 'utf8'))
    : {};
  const before = lists[dir];
  if (before === undefined && existsSync(dir) && readdirSync(dir).length > 0)
    throw fail('OUT_NOT_EMPTY', { dir: name });
  const remember = (paths: Iterable<string>) => {
    lists[dir] = [...new Set(paths)];
    writeFileAtomic(listFile, JSON.stringify(lists));
  };
  remember([...(before ?? []), ...release.files.keys()]);
  for (const [path, file] of release.files) {
    const target = join(dir, path);
    if (existsSync(target) && sha256(readFileSync(target)) === file.sha256) continue;
    makeFolder(dirname(target));
    copyFileSync(content.locate(path), `${target}.tmp`);
    chmodSync(`${target}.tmp`, 0o644);
    renameSync(`${target}.tmp`, target);
  }
  for (const path of before ?? []) {
    if (release.files.has(path)) continue;
    rmSync(join(dir, path), { force: true });
    removeEmptyFolders(dir, dirname(path));
  }
  remember(release.files.keys());
}

function removeEmptyFolders(dir: string, path: string): void {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    const location = join(dir, folder);
    if (!existsSync(location) || readdirSync(location).length > 0) return;
    rmdirSync(location);
  }
}
