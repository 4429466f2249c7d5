import type { Manifest, MovedAside } from '../../../publish/index.ts';
import type { SiteFiles } from './files.ts';
import { at, type FilesLayout, folderOf, nameOf } from './layout.ts';

/**
 * Keeps what somebody else put where the release needs a name: one folder per publication under `kept/`.
 * Keeping the same bytes twice, as a run after a stopped one does, keeps them once.
 */
export async function keepAside(
  files: SiteFiles,
  layout: FilesLayout,
  { published, release }: Manifest,
  path: string,
): Promise<MovedAside> {
  const name = `${published.replaceAll(/[-:]/g, '')}-${release.slice(0, 12)}`;
  const from = at(layout.root, path);
  for (let n = 1; ; n++) {
    const folder = n === 1 ? name : `${name}.${n}`;
    const to = `${layout.aside}/${folder}/${path}`;
    await files.makeFolder(folderOf(to));
    const there = await files.hash(to);
    if (there !== undefined && there !== (await files.hash(from))) continue;
    if (there === undefined) await files.keep(from, to);
    return { path, keptAt: `${nameOf(layout.state)}/kept/${folder}/${path}` };
  }
}
