import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Shelf, ShelfItem, ShelfKind } from '../../approval/shelf.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

const endings: Readonly<Record<ShelfKind, readonly [folder: string, ending: string]>> = {
  statement: ['', '.json'],
  revocation: ['', '.revoked.json'],
  rules: ['rules', '.json'],
  members: ['audiences', '.txt'],
};

/** Where what came from other machines is kept, below a client's own approvals. */
export const sharedFolder = (dir: string): string => join(dir, 'shared');

/**
 * What one machine has of a client's approvals: committed with the site, kept in the client's state, and brought from others.
 *
 * @param committed `sites/<client>/approvals` @param own `.sec/clients/<client>/approvals`
 */
export function shelfFolder(committed: string, own: string): Shelf {
  const placesOf = (kind: ShelfKind) => (kind === 'members' ? [own] : [committed, sharedFolder(own)]);
  const fileIn = (place: string, { kind, id }: ShelfItem) => {
    const [folder, ending] = endings[kind];
    return join(place, folder, `${id}${ending}`);
  };
  const kinds = Object.keys(endings) as ShelfKind[];
  return {
    items: async () =>
      kinds.flatMap((kind) => {
        const ids = placesOf(kind).flatMap((place) => idsIn(place, kind));
        return [...new Set(ids)].map((id) => ({ kind, id }));
      }),
    async read(item) {
      const file = placesOf(item.kind)
        .map((place) => fileIn(place, item))
        .find(existsSync);
      return file === undefined ? undefined : readFileSync(file, 'utf8');
    },
    async keep(item, text) {
      const place = placesOf(item.kind).at(-1);
      if (place === undefined || placesOf(item.kind).some((one) => existsSync(fileIn(one, item)))) return;
      privateFolder(dirname(fileIn(place, item)));
      writeFileAtomic(fileIn(place, item), text, 0o600);
    },
  };
}

function idsIn(place: string, kind: ShelfKind): string[] {
  const [folder, ending] = endings[kind];
  const dir = join(place, folder);
  if (!existsSync(dir)) return [];
  return readdirSync(dir).flatMap((name) => {
    const id = name.slice(0, -ending.length);
    return name.endsWith(ending) && /^[0-9a-f]{64}$/.test(id) ? [id] : [];
  });
}
