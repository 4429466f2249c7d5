import type { DatabaseSync } from 'node:sqlite';
import type { Erased, LastNamed } from '../../audience/list-store.ts';
import type { Traces } from '../../privacy/traces.ts';
import { leaveNoTrace } from '../sqlite/leave-no-trace.ts';
import { inTransaction } from '../sqlite/transaction.ts';

/** Erases somebody from all lists and suppresses their id from then on. Runs until no byte of them is left in the file. */
export function erasePerson(
  database: DatabaseSync,
  id: string,
  at: Temporal.Instant,
  traces: Traces,
): Erased {
  const erased = inTransaction(database, () => {
    database
      .prepare(
        `INSERT INTO suppression (id, at, reason) VALUES (?, ?, 'erased')
         ON CONFLICT (id) DO UPDATE SET at = excluded.at, reason = excluded.reason WHERE reason IS NOT 'erased'`,
      )
      .run(id, at.toString());
    const lists = removeRows(database, 'id = ?', id);
    return { lists, mentions: clearMentions(database, traces) };
  });
  leaveNoTrace(database);
  return erased;
}

/** @returns how many were on the list */
export function removePeople(database: DatabaseSync, list: number, ids: readonly string[]): number {
  const removed = inTransaction(database, () =>
    removeRows(database, `list = ${list} AND id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids)),
  );
  if (removed > 0) leaveNoTrace(database);
  return removed;
}

function removeRows(database: DatabaseSync, which: string, value: string): number {
  database
    .prepare(`DELETE FROM evidence WHERE recipient IN (SELECT position FROM recipient WHERE ${which})`)
    .run(value);
  return Number(database.prepare(`DELETE FROM recipient WHERE ${which}`).run(value).changes);
}

/** Where a person's words may have named somebody: notes of others, where a consent is recorded, why one is suppressed. */
const TEXTS = [
  ['recipient', 'position', 'cells'],
  ['import', 'id', 'file'],
  ['import', 'id', 'source'],
  ['import', 'id', 'wording'],
  ['suppression', 'id', 'reason'],
] as const;

function clearMentions(database: DatabaseSync, traces: Traces): number {
  let mentions = 0;
  for (const [table, key, column] of TEXTS) {
    const update = database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
    const holds = `instr(${column}, '@') + instr(${column}, '%40') + instr(${column}, '=40') > 0`;
    const rows = database.prepare(`SELECT ${key} AS k, ${column} AS text FROM ${table} WHERE ${holds}`);
    const found = rows.iterate().filter(({ text }) => traces.isIn(String(text)));
    for (const { k, text } of found.toArray()) {
      update.run(traces.without(String(text)), k ?? null);
      mentions++;
    }
  }
  return mentions;
}

/** Imports are numbered in the order in which they happened. */
export function* lastNamed(database: DatabaseSync, list: number): Generator<LastNamed> {
  const moments = new Map(
    database
      .prepare('SELECT id, at FROM import WHERE list = ?')
      .all(list)
      .map(({ id, at }) => [Number(id), Temporal.Instant.from(String(at))]),
  );
  const rows = database
    .prepare(
      `SELECT id, max(import, coalesce((SELECT max(evidence.import) FROM evidence
         WHERE evidence.recipient = recipient.position), 0)) AS import
       FROM recipient WHERE list = ? ORDER BY position`,
    )
    .iterate(list);
  for (const row of rows) {
    const at = moments.get(Number(row.import));
    if (at) yield { id: String(row.id), at };
  }
}
