import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../../core/digest.ts';
import type { Manifest, MovedAside } from '../../../publish/index.ts';
import { keepAside } from '../file-by-file/aside.ts';
import { fatesOf } from '../shared/foreign.ts';
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
  const foreign = [...tree.hashes.keys(), ...tree.links].filter((path) => {
    const hash = tree.hashes.get(path);
    return hash === undefined || (hash !== owned.files[path]?.sha256 && hash !== next.files[path]?.sha256);
  });
  const { carried, aside } = fatesOf(foreign, owned, next);
  const files = localFiles();
  const movedAside: MovedAside[] = [];
  for (const path of aside) movedAside.push(await keepAside(files, layout, next, path));
  const makeFolder = folderMaker();
  for (const path of carried) {
    const from = join(tree.dir, path);
    const to = join(web, path);
    makeFolder(to);
    if (tree.links.has(path)) copyLink(from, to);
    else {
      if (existsSync(to)) rmSync(to);
      linkOrCopy(from, to);
    }
  }
  return { carried: new Set(carried), movedAside };
}
