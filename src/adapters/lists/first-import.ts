import type { DatabaseSync } from 'node:sqlite';
import { EXAMPLES } from '../../audience/import-counts.ts';
import type { Identified, Outcome } from '../../audience/list-store.ts';
import { arrange, joinCells } from './cells.ts';
import type { ImportTarget, Taker } from './import-target.ts';
import { repeatedIds } from './repeats.ts';
import { rowWriter } from './row-writer.ts';

/**
 * Takes the people of a file into a list that has nobody: writes them one behind the other, without an index, and
 * looks at the end who of the suspected stands in the file twice.
 */
export function firstImport(database: DatabaseSync, { list, importId, places, width }: ImportTarget): Taker {
  const rows = rowWriter(database, 'recipient (list, id, address, language, cells, import, line)');
  const inOrder = places.length === width && places.every((place, at) => place === at);
  const cellsOf = (cells: readonly string[]) => (inOrder ? cells : arrange(cells, places, [], width));
  const repeats = repeatedIds();
  const suspected = new Set<string>();
  let put = 0;
  return {
    put(people: readonly Identified[]) {
      put += people.length;
      for (const { id, person } of people) {
        if (repeats.maybeSeen(id)) suspected.add(id);
        const { address, language, line } = person;
        rows.add(
          list,
          id,
          address.mailbox,
          language ?? null,
          joinCells(cellsOf(person.cells)),
          importId,
          line,
        );
      }
    },
    finish() {
      rows.flush();
      const duplicate = removeDuplicates(database, list, suspected);
      const none = { count: 0, lines: [] };
      return {
        added: { count: put - duplicate.count, lines: firstLines(database, list) },
        updated: none,
        unchanged: none,
        duplicate,
      };
    },
  };
}

/** Keeps the first of each id. @returns how many others there were, and the first of their lines */
function removeDuplicates(database: DatabaseSync, list: number, suspected: ReadonlySet<string>): Outcome {
  if (suspected.size === 0) return { count: 0, lines: [] };
  const repeated = `SELECT position FROM
    (SELECT position, row_number() OVER (PARTITION BY id ORDER BY position) AS nth FROM recipient
     WHERE list = ${list} AND id IN (SELECT value FROM json_each(?)))
    WHERE nth > 1`;
  let [count, lines]: [number, number[]] = [0, []];
  const removed = database.prepare(`DELETE FROM recipient WHERE position IN (${repeated}) RETURNING line`);
  for (const { line } of removed.iterate(JSON.stringify([...suspected]))) {
    count++;
    lines = [...lines, Number(line)].sort((a, b) => a - b).slice(0, EXAMPLES);
  }
  return { count, lines };
}

const firstLines = (database: DatabaseSync, list: number) =>
  database
    .prepare('SELECT line FROM recipient WHERE list = ? ORDER BY position LIMIT ?')
    .all(list, EXAMPLES)
    .map(({ line }) => Number(line));
