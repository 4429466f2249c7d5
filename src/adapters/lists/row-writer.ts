import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

const TOGETHER = 64; // rows in one statement; SQLite's limit is 32,766 values

/** Writes rows many at a time, which costs half of writing them one by one. `flush` writes the last ones. */
export interface RowWriter {
  add(...row: SQLInputValue[]): void;
  flush(): void;
}

/** @param into table and columns, such as `evidence (recipient, import, line)` */
export function rowWriter(database: DatabaseSync, into: string): RowWriter {
  const width = into.split(',').length;
  const row = `(${Array(width).fill('?').join(', ')})`;
  const many = database.prepare(`INSERT INTO ${into} VALUES ${Array(TOGETHER).fill(row).join(', ')}`);
  const one = database.prepare(`INSERT INTO ${into} VALUES ${row}`);
  let waiting: SQLInputValue[] = [];
  return {
    add(...values) {
      waiting.push(...values);
      if (waiting.length < width * TOGETHER) return;
      many.run(...waiting);
      waiting = [];
    },
    flush() {
      for (let at = 0; at < waiting.length; at += width) one.run(...waiting.slice(at, at + width));
      waiting = [];
    },
  };
}
