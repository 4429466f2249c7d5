import type { DatabaseSync } from 'node:sqlite';
import { ID_BYTES } from '../../audience/id-index.ts';
import type { Erased } from '../../audience/list-store.ts';
import type { Traces } from '../../privacy/traces.ts';
import { leaveNoTrace } from '../sqlite/leave-no-trace.ts';
import { inTransaction } from '../sqlite/transaction.ts';
import type { Block, Blocks } from './blocks.ts';
import type { ImportRecords } from './import-records.ts';
import { cellsStart, NOBODY } from './row-text.ts';
import type { SealedSuppression } from './sqlite-suppression.ts';

export interface ErasureBooks {
  readonly database: DatabaseSync;
  readonly blocks: Blocks;
  readonly records: ImportRecords;
  readonly suppression: SealedSuppression;
}

/** Erases somebody from all lists and suppresses their id from then on. Runs until nothing of them is left in the file. */
export function erasePerson(
  { database, blocks, records, suppression }: ErasureBooks,
  id: string,
  at: Temporal.Instant,
  traces: Traces,
): Erased {
  const without = (text: string) => (traces.isIn(text) ? traces.without(text) : text);
  const erased = inTransaction(database, () => {
    suppression.erase(id, at);
    let [lists, mentions] = [0, 0];
    for (const list of database
      .prepare('SELECT id FROM list')
      .all()
      .map((row) => Number(row.id))) {
      lists += removeRows(blocks, list, [id]);
      mentions += clearMentions(blocks, list, traces, without);
    }
    return { lists, mentions: mentions + records.rewrite(without) + suppression.rewrite(without) };
  });
  leaveNoTrace(database);
  return erased;
}

/** @returns how many were on the list */
export function removePeople(
  { database, blocks }: Pick<ErasureBooks, 'database' | 'blocks'>,
  list: number,
  ids: readonly string[],
): number {
  const removed = inTransaction(database, () => removeRows(blocks, list, ids));
  if (removed > 0) leaveNoTrace(database);
  return removed;
}

/** Leaves their places empty: who comes again stands in a new one, and what imports said of them counts for nobody. */
function removeRows(blocks: Blocks, list: number, ids: readonly string[]): number {
  const found = ids.flatMap((id) => blocks.find(list, id) ?? []);
  for (const [number, there] of Map.groupBy(found, (one) => one.number)) {
    const block = blocks.read(list, number);
    if (block)
      blocks.write(
        list,
        withoutSlots(
          block,
          there.map(({ slot }) => slot),
        ),
      );
  }
  return found.length;
}

function withoutSlots({ number, ids, rows }: Block, slots: readonly number[]): Block {
  const left = Uint8Array.from(ids);
  for (const slot of slots) left.fill(0, slot * ID_BYTES, (slot + 1) * ID_BYTES);
  return { number, ids: left, rows: rows.map((row, slot) => (slots.includes(slot) ? NOBODY : row)) };
}

/** Notes of others in which this person's address stands. */
function clearMentions(
  blocks: Blocks,
  list: number,
  traces: Traces,
  without: (text: string) => string,
): number {
  let mentions = 0;
  for (const { number, ids, rows } of Iterator.from(blocks.all(list)).filter(isNaming(traces)).toArray()) {
    const cleared = rows.map((row) => row.slice(0, cellsStart(row)) + without(row.slice(cellsStart(row))));
    const changed = cleared.filter((row, slot) => row !== rows[slot]).length;
    if (changed > 0) blocks.write(list, { number, ids, rows: cleared });
    mentions += changed;
  }
  return mentions;
}

const isNaming =
  (traces: Traces) =>
  ({ rows }: Block) =>
    rows.some((row) => {
      const cells = row.slice(cellsStart(row));
      return /@|%40|=40/.test(cells) && traces.isIn(cells);
    });
