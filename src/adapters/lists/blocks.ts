import type { DatabaseSync } from 'node:sqlite';
import { ID_BYTES, slotOf } from '../../audience/id-index.ts';
import { joinRows, splitRows } from './row-text.ts';
import type { Sealer } from './sealer.ts';

/** Up to 512 people of one list. Who is gone has left an empty row and an id of zeros. */
export interface Block {
  readonly number: number;
  /** 22 bytes for each. */
  readonly ids: Uint8Array;
  readonly rows: string[];
}

/**
 * The people of lists, in sealed blocks: what costs microseconds for each row costs them for each of 512. A block is
 * sealed together with its list, its number and its ids, so that none can be put into another's place.
 */
export interface Blocks {
  /** In their order, read as they are asked for. */
  all(list: number): Iterable<Block>;
  /** The ids alone, which need not be opened. */
  ids(list: number): Iterable<Uint8Array>;
  /** Undefined where there is none of that number. */
  read(list: number, number: number): Block | undefined;
  write(list: number, block: Block): void;
  /** Where somebody stands. */
  find(list: number, id: string): { readonly number: number; readonly slot: number } | undefined;
  count(list: number): number;
}

export function sealedBlocks(database: DatabaseSync, sealer: Sealer): Blocks {
  const rowsOf = (list: number, number: number, ids: Uint8Array, body: unknown) =>
    splitRows(sealer.open(placeOf(list, number, ids), body));
  const select = (columns: string) =>
    database.prepare(`SELECT ${columns} FROM block WHERE list = ? ORDER BY number`);
  const one = database.prepare('SELECT ids, body FROM block WHERE list = ? AND number = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO block (list, number, people, ids, body) VALUES (?, ?, ?, ?, ?)',
  );
  const people = database.prepare('SELECT coalesce(sum(people), 0) AS n FROM block WHERE list = ?');
  return {
    *all(list) {
      const found = select('number, ids, body').iterate(list);
      try {
        for (const row of found) {
          const [number, ids] = [Number(row.number), bytesOf(row.ids)];
          yield { number, ids, rows: rowsOf(list, number, ids, row.body) };
        }
      } finally {
        // A reader that stops half-way would keep seeing the lists as they are now.
        found.return?.();
      }
    },
    *ids(list) {
      for (const { ids } of select('ids').iterate(list)) yield bytesOf(ids);
    },
    read(list, number) {
      const row = one.get(list, number);
      const ids = row && bytesOf(row.ids);
      return ids && { number, ids, rows: rowsOf(list, number, ids, row.body) };
    },
    write(list, { number, ids, rows }) {
      const body = sealer.seal(placeOf(list, number, ids), joinRows(rows));
      put.run(list, number, peopleIn(ids), ids, body);
    },
    find(list, id) {
      for (const { number, ids } of select('number, ids').iterate(list)) {
        const slot = slotOf(bytesOf(ids), id);
        if (slot >= 0) return { number: Number(number), slot };
      }
      return undefined;
    },
    count: (list) => Number(people.get(list)?.n),
  };
}

const bytesOf = (value: unknown) => (value instanceof Uint8Array ? value : new Uint8Array());

const placeOf = (list: number, number: number, ids: Uint8Array) =>
  Buffer.concat([Buffer.from(`block ${list} ${number} `), ids]);

function peopleIn(ids: Uint8Array): number {
  let people = 0;
  for (let at = 0; at < ids.length; at += ID_BYTES) if (ids[at] !== 0) people++;
  return people;
}
