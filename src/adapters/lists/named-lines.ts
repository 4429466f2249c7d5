import type { DatabaseSync } from 'node:sqlite';
import { BLOCK } from '../../audience/id-index.ts';

const LINE_BYTES = 4;

/** On which lines one import named people: four bytes for each of them. */
export function namedLines() {
  const blocks: (Uint32Array | undefined)[] = [];
  const blockOf = (place: number) => {
    const number = Math.floor(place / BLOCK);
    let lines = blocks[number];
    if (!lines) {
      lines = new Uint32Array(BLOCK);
      blocks[number] = lines;
    }
    return lines;
  };
  return {
    /** @returns whether the import names them for the first time */
    add(place: number, line: number): boolean {
      const [lines, slot] = [blockOf(place), place % BLOCK];
      if (lines[slot] !== 0) return false;
      lines[slot] = line;
      return true;
    },
    write(database: DatabaseSync, list: number, importId: number): void {
      const insert = insertLines(database);
      for (const [number, lines] of blocks.entries()) if (lines) insert(list, number, importId, lines);
    },
  };
}

/** Writes the lines of one block and import; those of whom it does not name are 0. */
export function insertLines(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO named (list, number, import, lines) VALUES (?, ?, ?, ?)');
  return (list: number, number: number, importId: number, lines: Uint32Array): void => {
    const bytes = Buffer.alloc(lines.length * LINE_BYTES);
    for (const [slot, line] of lines.entries()) bytes.writeUInt32LE(line, slot * LINE_BYTES);
    insert.run(list, number, importId, bytes);
  };
}

/** The lines on which imports named the people of one block, the oldest import first. */
export function linesOfBlock(
  database: DatabaseSync,
  list: number,
  number: number,
): { readonly importId: number; lineOf(slot: number): number }[] {
  return database
    .prepare('SELECT import, lines FROM named WHERE list = ? AND number = ? ORDER BY import')
    .all(list, number)
    .map(({ import: importId, lines }) => {
      const bytes = Buffer.from(lines instanceof Uint8Array ? lines : []);
      return {
        importId: Number(importId),
        lineOf: (slot) => (slot * LINE_BYTES < bytes.length ? bytes.readUInt32LE(slot * LINE_BYTES) : 0),
      };
    });
}
