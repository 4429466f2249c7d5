import type { DatabaseSync } from 'node:sqlite';
import type { ImportFacts, ImportTransaction, PutResult } from '../../audience/list-store.ts';
import type { Person } from '../../audience/person.ts';
import { plainErrors } from './sqlite-errors.ts';

/** Begins an import as one transaction of the database. */
export function beginImport(
  database: DatabaseSync,
  client: string,
  listName: string,
  columns: readonly string[],
  facts: ImportFacts,
): ImportTransaction {
  database.exec('BEGIN IMMEDIATE');
  // A full disk makes SQLite roll back by itself; then there is nothing left to roll back.
  const rollback = () => {
    if (database.isTransaction) database.exec('ROLLBACK');
  };
  try {
    const list = ensureList(database, listName, columns);
    const importId = insertImport(database, list, facts);
    const put = putter(database, list, importId);
    return {
      put: (id, person) => plainErrors(client, () => put(id, person)),
      commit: ({ sha256, counts }) =>
        plainErrors(client, () => {
          database
            .prepare('UPDATE import SET sha256 = ?, counts = ? WHERE id = ?')
            .run(sha256, JSON.stringify(counts), importId);
          database.exec('COMMIT');
        }),
      rollback,
    };
  } catch (error) {
    rollback();
    throw error;
  }
}

function ensureList(database: DatabaseSync, name: string, columns: readonly string[]): number {
  const found = database.prepare('SELECT id, columns FROM list WHERE name = ?').get(name);
  if (!found) {
    const { lastInsertRowid } = database
      .prepare('INSERT INTO list (name, columns) VALUES (?, ?)')
      .run(name, JSON.stringify(columns));
    return Number(lastInsertRowid);
  }
  const all = [...new Set([...(JSON.parse(String(found.columns)) as string[]), ...columns])];
  database.prepare('UPDATE list SET columns = ? WHERE id = ?').run(JSON.stringify(all), found.id ?? null);
  return Number(found.id);
}

function insertImport(database: DatabaseSync, list: number, facts: ImportFacts): number {
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO import (list, at, file, sha256, delimiter, basis, source, counts) VALUES (?, ?, ?, '', ?, ?, ?, '{}')`,
    )
    .run(list, facts.at.toString(), facts.file, facts.delimiter, facts.basis, facts.source ?? null);
  return Number(lastInsertRowid);
}

function putter(database: DatabaseSync, list: number, importId: number) {
  const insert = database.prepare(
    'INSERT INTO recipient (list, id, address, language, fields) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const prove = database.prepare('INSERT OR IGNORE INTO evidence (recipient, import, line) VALUES (?, ?, ?)');
  const find = database.prepare(
    'SELECT position, address, language, fields FROM recipient WHERE list = ? AND id = ?',
  );
  const update = database.prepare(
    'UPDATE recipient SET address = ?, language = ?, fields = ? WHERE position = ?',
  );

  return (id: string, { address, fields, language, line }: Person): PutResult => {
    const written = JSON.stringify(fields);
    const inserted = insert.run(list, id, address.mailbox, language ?? null, written);
    if (inserted.changes === 1) {
      prove.run(inserted.lastInsertRowid, importId, line);
      return 'added';
    }
    const known = find.get(list, id);
    if (!known) throw new Error('A recipient that exists was not found.');
    const position = known.position ?? null;
    if (prove.run(position, importId, line).changes === 0) return 'duplicate';
    const merged = JSON.stringify({ ...JSON.parse(String(known.fields)), ...fields });
    const spoken = 'language' in fields ? (language ?? null) : (known.language ?? null);
    if (merged === known.fields && address.mailbox === known.address && spoken === known.language)
      return 'unchanged';
    update.run(address.mailbox, spoken, merged, position);
    return 'updated';
  };
}
