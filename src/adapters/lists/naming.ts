import type { DatabaseSync } from 'node:sqlite';
import { ID_BYTES, idAt } from '../../audience/id-index.ts';
import type { Evidence, ImportRecord, LastNamed } from '../../audience/list-store.ts';
import type { Blocks } from './blocks.ts';
import { linesOfBlock } from './named-lines.ts';

/** For everybody on a list, when an import last named them. Imports are numbered in the order in which they happened. */
export function* lastNamed(database: DatabaseSync, blocks: Blocks, list: number): Generator<LastNamed> {
  const moments = new Map(
    database
      .prepare('SELECT id, at FROM import WHERE list = ?')
      .all(list)
      .map(({ id, at }) => [Number(id), Temporal.Instant.from(String(at))]),
  );
  for (const [number, ids] of Iterator.from(blocks.ids(list)).toArray().entries()) {
    const imports = linesOfBlock(database, list, number);
    for (let slot = 0; slot < ids.length / ID_BYTES; slot++) {
      const id = idAt(ids, slot);
      const at = moments.get(imports.findLast(({ lineOf }) => lineOf(slot) > 0)?.importId ?? 0);
      if (id !== undefined && at) yield { id, at };
    }
  }
}

/** Each import that named somebody, the oldest first. */
export function evidenceOf(
  database: DatabaseSync,
  blocks: Blocks,
  imports: ReadonlyMap<number, ImportRecord>,
  { list, id }: { readonly list: number; readonly id: string },
): Evidence[] {
  const found = blocks.find(list, id);
  if (!found) return [];
  return linesOfBlock(database, list, found.number).flatMap(({ importId, lineOf }) => {
    const [record, line] = [imports.get(importId), lineOf(found.slot)];
    return record && line > 0 ? [{ import: record, line }] : [];
  });
}
