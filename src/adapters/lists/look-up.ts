import type { DatabaseSync } from 'node:sqlite';
import { inKeyOrder } from './key-order.ts';
import { indexList } from './schema.ts';

const TOGETHER = 64; // ids in one look-up
const KEPT_AHEAD = 2; // runs of people read ahead and not met yet

/** What is stored of somebody. */
export interface Known {
  readonly position: number;
  readonly address: string;
  readonly language: string | null;
  readonly cells: string;
}

/**
 * Finds who of a run of ids is on a list. Most files are the last one again with a few changes, in the same order: so
 * the list is read along with the file. Whoever is not met there is looked up in the list's index, which is made when it
 * is first needed.
 */
export function lookUp(database: DatabaseSync, list: number): (ids: readonly string[]) => Map<string, Known> {
  const columns = 'SELECT id, position, address, language, cells FROM recipient WHERE';
  const prepare = (text: string) => {
    const statement = database.prepare(text);
    statement.setReturnArrays(true); // half the cost of objects
    return statement;
  };
  const along = prepare(`${columns} list = ${list} AND position > ? ORDER BY position LIMIT ?`);
  const ahead = new Map<string, Known>();
  let [position, readsAlong] = [0, true];

  const readAlong = (count: number) => {
    for (const row of along.all(position, count)) {
      const [id, known] = toKnown(row);
      ahead.set(id, known);
      position = known.position;
    }
    for (const id of ahead.keys()) {
      if (ahead.size <= count * KEPT_AHEAD) break;
      ahead.delete(id);
    }
  };
  const meet = (ids: readonly string[], known: Map<string, Known>) => {
    readAlong(ids.length);
    for (const id of ids) {
      const row = ahead.get(id);
      if (!row) continue;
      known.set(id, row);
      ahead.delete(id);
    }
    readsAlong = known.size * 2 >= ids.length;
  };
  const search = (ids: readonly string[], known: Map<string, Known>) => {
    indexList(database, list);
    const find = prepare(`${columns} list = ${list} AND id IN (${Array(TOGETHER).fill('?').join(', ')})`);
    const order = inKeyOrder(ids);
    for (let from = 0; from < order.length; from += TOGETHER) {
      const asked = order.slice(from, from + TOGETHER).map((at) => ids[at] ?? '');
      const padded = [...asked, ...Array<string>(TOGETHER - asked.length).fill(asked[0] ?? '')];
      for (const row of find.all(...padded)) known.set(...toKnown(row));
    }
  };

  return (ids) => {
    const known = new Map<string, Known>();
    if (readsAlong) meet(ids, known);
    const strangers = known.size === 0 ? ids : ids.filter((id) => !known.has(id));
    if (strangers.length > 0) search(strangers, known);
    return known;
  };
}

function toKnown(row: unknown): [id: string, known: Known] {
  const [id, position, address, language, cells] = row as [string, number, string, string | null, string];
  return [id, { position, address, language, cells }];
}
