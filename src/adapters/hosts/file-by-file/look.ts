import { foldersOf } from '../../../publish/paths.ts';
import type { FileStat, Listing, SiteFiles } from './files.ts';
import { at, folderOf, nameOf } from './layout.ts';

/** What lies at a path below a web root. Behind a link to elsewhere nothing is the site's. */
export type Seen =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'behindLink'; readonly folder: string }
  | { readonly kind: 'there'; readonly stat: FileStat };

/** Looks at paths below a web root; each folder is listed once, so a look is as old as the first one into its folder. */
export function lookBelow(files: SiteFiles, root: string): (path: string) => Promise<Seen> {
  const listings = new Map<string, Promise<Listing | undefined>>();
  const list = (folder: string) => {
    const known = listings.get(folder) ?? files.list(folder === '' ? root : at(root, folder));
    listings.set(folder, known);
    return known;
  };
  return async (path) => {
    for (const folder of foldersOf(path)) {
      const stat = (await list(folderOf(folder)))?.get(nameOf(folder));
      if (stat?.kind === 'link') return { kind: 'behindLink', folder };
      if (stat?.kind !== 'folder') return { kind: 'nothing' };
    }
    const stat = (await list(folderOf(path)))?.get(nameOf(path));
    return stat ? { kind: 'there', stat } : { kind: 'nothing' };
  };
}
