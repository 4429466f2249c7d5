import type { Digest } from '../core/digest.ts';

/**
 * What all machines of an office need in order to know what a client agreed to. All of it goes by the digest of its content
 * or of what it is about, and is never changed. The keys that statements are checked with are none of it: those are
 * committed with the site, so that nobody who writes to a database can approve.
 */
export const shelfKinds = ['statement', 'revocation', 'rules', 'members'] as const;
export type ShelfKind = (typeof shelfKinds)[number];

export interface ShelfItem {
  readonly kind: ShelfKind;
  readonly id: Digest;
}

/** A place where they are kept: a machine's folders, or the database of the office. */
export interface Shelf {
  items(): Promise<readonly ShelfItem[]>;
  /** Undefined for what is not there. */
  read(item: ShelfItem): Promise<string | undefined>;
  /** Keeps it durably; what is there already stays. */
  keep(item: ShelfItem, text: string): Promise<void>;
}

const isDigest = (id: string) => /^[0-9a-f]{64}$/.test(id);

/** Brings each of two shelves what only the other one has. */
export async function shareShelves(one: Shelf, other: Shelf): Promise<void> {
  const [here, there] = [await one.items(), await other.items()];
  await bring(here, there, one, other);
  await bring(there, here, other, one);
}

/** What does not look like a digest is left where it is: it becomes the name of a file. */
async function bring(
  items: readonly ShelfItem[],
  known: readonly ShelfItem[],
  from: Shelf,
  to: Shelf,
): Promise<void> {
  const has = new Set(known.map(nameOf));
  for (const item of items) {
    if (has.has(nameOf(item)) || !isDigest(item.id)) continue;
    const text = await from.read(item);
    if (text !== undefined) await to.keep(item, text);
  }
}

const nameOf = ({ kind, id }: ShelfItem) => `${kind} ${id}`;
