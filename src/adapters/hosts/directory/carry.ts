import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../../core/digest.ts';
import type { Manifest, MovedAside } from '../../../publish/index.ts';
import { foldersOf } from '../../../publish/paths.ts';
import { keepAside } from '../file-by-file/aside.ts';
import { breather, copyLink, folderMaker, hashFile, linkOrCopy, walk } from './files.ts';
import type { Layout } from './layout.ts';
import { localFiles } from './local-files.ts';

/** The files of a live tree with their hashes, and the links that somebody made in it. */
export interface LiveTree {
  readonly dir: string;
  readonly hashes: ReadonlyMap<string, Digest>;
  readonly links: ReadonlySet<string>;
}

export async function readLiveTree(dir: string): Promise<LiveTree> {
  const hashes = new Map<string, Digest>();
  const links = new Set<string>();
  const breathe = breather();
  for (const { path, kind } of walk(dir)) {
    const hash = kind === 'file' ? hashFile(join(dir, path)) : undefined;
    if (hash !== undefined) hashes.set(path, hash);
    else links.add(path);
    await breathe();
  }
  return { dir, hashes, links };
}

/**
 * Takes into the new tree what others put into the live one, such as a search engine's proof of ownership. Where
 * the release needs the name, or replaces or removes a file that somebody changed, theirs is kept aside.
 */
export async function carryForeign(
  layout: Layout,
  web: string,
  tree: LiveTree,
  owned: Manifest,
  next: Manifest,
): Promise<{ carried: ReadonlySet<string>; movedAside: readonly MovedAside[] }> {
  const needed = new Set(Object.keys(next.files).flatMap((path) => [path, ...foldersOf(path)]));
  const files = localFiles();
  const makeFolder = folderMaker();
  const carried = new Set<string>();
  const movedAside: MovedAside[] = [];
  for (const path of [...tree.hashes.keys(), ...tree.links]) {
    const hash = tree.hashes.get(path);
    if (hash !== undefined && (hash === owned.files[path]?.sha256 || hash === next.files[path]?.sha256))
      continue;
    const from = join(tree.dir, path);
    const isLink = hash === undefined;
    const isInTheWay =
      needed.has(path) || foldersOf(path).some((folder) => Object.hasOwn(next.files, folder));
    if (isInTheWay || Object.hasOwn(owned.files, path)) {
      movedAside.push(await keepAside(files, layout, next, path));
      continue;
    }
    const to = join(web, path);
    makeFolder(to);
    if (isLink) copyLink(from, to);
    else {
      if (existsSync(to)) rmSync(to);
      linkOrCopy(from, to);
    }
    carried.add(path);
  }
  return { carried, movedAside };
}
