import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { outcomeCounter } from '../../audience/import-counts.ts';
import type { Identified, PutResult } from '../../audience/list-store.ts';
import { arrange, joinCells, splitCells } from './cells.ts';
import type { ImportTarget, Taker } from './import-target.ts';
import { inKeyOrder, RUN } from './key-order.ts';
import { rowWriter } from './row-writer.ts';
import type { SqlRow } from './rows.ts';
import { indexList } from './schema.ts';
import { seenPositions } from './seen-positions.ts';

const TOGETHER = 64; // ids in one look-up

/**
 * Takes the people of a file into a list that has people already, run by run: each run is looked up and written in
 * the order of the list's index, so that neighbours in it are touched together however long the list is.
 */
export function laterImport(database: DatabaseSync, target: ImportTarget): Taker {
  const { list, importId, places, width, language } = target;
  indexList(database, list);
  const counter = outcomeCounter<PutResult>(['added', 'updated', 'unchanged', 'duplicate']);
  const rows = rowWriter(database, 'recipient (position, list, id, address, language, cells, import, line)');
  const evidence = rowWriter(database, 'evidence (recipient, import, line)');
  const update = database.prepare(
    'UPDATE recipient SET address = ?, language = ?, cells = ? WHERE position = ?',
  );
  const find = database.prepare(
    `SELECT id, position, address, language, cells FROM recipient
     WHERE list = ${list} AND id IN (${Array(TOGETHER).fill('?').join(', ')})`,
  );
  const last = Number(database.prepare('SELECT max(position) AS last FROM recipient').get()?.last ?? 0);
  const seen = seenPositions();
  let next = last + 1;
  let run: Identified[] = [];

  const take = ({ id, person }: Identified, known: Map<string, SqlRow>): PutResult => {
    const found = known.get(id);
    if (!found) {
      known.set(id, { position: next++ });
      return 'added';
    }
    const position = Number(found.position);
    if (position > last || !seen.add(position)) return 'duplicate';
    evidence.add(position, importId, person.line);
    const before = splitCells(String(found.cells));
    const spoken = language < 0 ? (found.language ?? null) : (person.language ?? null);
    const same =
      places.every((at, n) => (before[at] ?? '') === person.cells[n]) &&
      found.address === person.address.mailbox &&
      found.language === spoken;
    if (same) return 'unchanged';
    const cells = joinCells(arrange(person.cells, places, before, width));
    update.run(person.address.mailbox, spoken, cells, position);
    return 'updated';
  };

  const takeRun = () => {
    const order = inKeyOrder(run.map(({ id }) => id));
    const known = lookUp(find, order, run);
    const added = new Set<Identified>();
    for (const one of run) {
      const result = take(one, known);
      if (result === 'added') added.add(one);
      counter.add(result, one.person.line);
    }
    for (const at of order) {
      const one = run[at];
      if (!one || !added.has(one)) continue;
      const { id, person } = one;
      const cells = joinCells(arrange(person.cells, places, [], width));
      const position = known.get(id)?.position ?? null;
      rows.add(
        position,
        list,
        id,
        person.address.mailbox,
        person.language ?? null,
        cells,
        importId,
        person.line,
      );
    }
    rows.flush();
    evidence.flush();
    run = [];
  };

  return {
    put(people) {
      for (const one of people) {
        run.push(one);
        if (run.length === RUN) takeRun();
      }
    },
    finish() {
      takeRun();
      return counter.outcomes();
    },
  };
}

/** Those of a run who are on the list, by id. */
function lookUp(
  find: StatementSync,
  order: readonly number[],
  run: readonly Identified[],
): Map<string, SqlRow> {
  const known = new Map<string, SqlRow>();
  for (let from = 0; from < order.length; from += TOGETHER) {
    const ids = order.slice(from, from + TOGETHER).map((at) => run[at]?.id ?? '');
    const padded = [...ids, ...Array<string>(TOGETHER - ids.length).fill(ids[0] ?? '')];
    for (const row of find.all(...padded)) known.set(String(row.id), row);
  }
  return known;
}
