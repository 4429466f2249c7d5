import type { DatabaseSync } from 'node:sqlite';
import { outcomeCounter } from '../../audience/import-counts.ts';
import type { Identified, PutResult } from '../../audience/list-store.ts';
import { arrange, joinCells, splitCells } from './cells.ts';
import type { ImportTarget, Taker } from './import-target.ts';
import { inKeyOrder, RUN } from './key-order.ts';
import { type Known, lookUp } from './look-up.ts';
import { rowWriter } from './row-writer.ts';
import { seenPositions } from './seen-positions.ts';

/**
 * Takes the people of a file into a list that has people already, run by run: each run is looked up and written in
 * the order of the list's index, so that neighbours in it are touched together however long the list is.
 */
export function laterImport(database: DatabaseSync, target: ImportTarget): Taker {
  const { list, importId, places, width } = target;
  const counter = outcomeCounter<PutResult>(['added', 'updated', 'unchanged', 'duplicate']);
  const rows = rowWriter(database, 'recipient (position, list, id, address, language, cells, import, line)');
  const evidence = rowWriter(database, 'evidence (recipient, import, line)');
  const update = database.prepare(
    'UPDATE recipient SET address = ?, language = ?, cells = ? WHERE position = ?',
  );
  const last = Number(database.prepare('SELECT max(position) AS last FROM recipient').get()?.last ?? 0);
  const find = lookUp(database, list);
  const seen = seenPositions();
  let next = last + 1;
  let run: Identified[] = [];

  const takeKnown = (found: Known, { person }: Identified): PutResult => {
    const { position } = found;
    if (position > last || !seen.add(position)) return 'duplicate';
    evidence.add(position, importId, person.line);
    const changed = changesOf(found, { person, target });
    if (!changed) return 'unchanged';
    update.run(person.address.mailbox, changed.language, changed.cells, position);
    return 'updated';
  };
  const write = ({ id, person }: Identified, position: number | null) => {
    const { address, language, line, cells } = person;
    const arranged = joinCells(arrange(cells, places, [], width));
    rows.add(position, list, id, address.mailbox, language ?? null, arranged, importId, line);
  };
  const takeRun = () => {
    const ids = run.map(({ id }) => id);
    const known = find(ids);
    const added = new Map<Identified, number>();
    for (const one of run) {
      const found = known.get(one.id);
      if (!found) {
        known.set(one.id, { ...nobody, position: next });
        added.set(one, next++);
      }
      counter.add(found ? takeKnown(found, one) : 'added', one.person.line);
    }
    for (const at of added.size === 0 ? [] : inKeyOrder(ids)) {
      const one = run[at];
      if (one && added.has(one)) write(one, added.get(one) ?? null);
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

// Stands for somebody who was met in this file for the first time.
const nobody: Omit<Known, 'position'> = { address: '', language: null, cells: '' };

/** What a file says otherwise of somebody; undefined where nothing. Columns that it lacks stay as they are. */
function changesOf(
  found: Known,
  { person, target }: Pick<Identified, 'person'> & { readonly target: ImportTarget },
) {
  const { places, width, language } = target;
  const spoken = language < 0 ? found.language : (person.language ?? null);
  const isSame = found.address === person.address.mailbox && found.language === spoken;
  if (isSame && places.length === width && joinCells(person.cells) === found.cells) return undefined;
  const before = splitCells(found.cells);
  if (isSame && places.every((at, n) => (before[at] ?? '') === person.cells[n])) return undefined;
  return { language: spoken, cells: joinCells(arrange(person.cells, places, before, width)) };
}
