import { basename, join } from 'node:path';
import type { Manifest, MovedAside } from '../../../publish/index.ts';
import { copyLink, folderMaker, hashFile, linkOrCopy } from './files.ts';
import type { Layout } from './layout.ts';

/**
 * Keeps what somebody else put where the release needs a name: one folder per publication under `kept/`.
 * Keeping the same bytes twice, as a run after a stopped one does, keeps them once.
 */
export function keepAside(
  layout: Layout,
  { published, release }: Manifest,
  kept: { readonly from: string; readonly path: string; readonly isLink: boolean },
): MovedAside {
  const name = `${published.replaceAll(/[-:]/g, '')}-${release.slice(0, 12)}`;
  for (let n = 1; ; n++) {
    const folder = n === 1 ? name : `${name}.${n}`;
    const to = join(layout.aside, folder, kept.path);
    folderMaker()(to);
    if (!kept.isLink && !keepFile(kept.from, to)) continue;
    if (kept.isLink) copyLink(kept.from, to);
    return { path: kept.path, keptAt: `${basename(layout.state)}/kept/${folder}/${kept.path}` };
  }
}

/** False where other bytes lie there already. */
function keepFile(from: string, to: string): boolean {
  const there = hashFile(to);
  if (there !== undefined) return there === hashFile(from);
  linkOrCopy(from, to);
  return true;
}
