import type { DatabaseSync } from 'node:sqlite';
import type { ImportFacts, ImportTransaction } from '../../audience/list-store.ts';
import { firstImport } from './first-import.ts';
import type { ImportTarget } from './import-target.ts';
import { laterImport } from './later-import.ts';
import { isEmpty } from './schema.ts';
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
  const run = <T>(work: () => T) => plainErrors(client, work);
  try {
    const { list, all } = ensureList(database, listName, columns);
    const importId = insertImport(database, list, facts);
    const target: ImportTarget = {
      list,
      importId,
      places: columns.map((name) => all.indexOf(name)),
      width: all.length,
      language: columns.indexOf('language'),
    };
    const { put, finish } = (isEmpty(database, list) ? firstImport : laterImport)(database, target);
    return {
      put: (people) => run(() => put(people)),
      finish: () => run(finish),
      commit: ({ sha256, counts }) =>
        run(() => {
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

function ensureList(
  database: DatabaseSync,
  name: string,
  columns: readonly string[],
): { readonly list: number; readonly all: readonly string[] } {
  const found = database.prepare('SELECT id, columns FROM list WHERE name = ?').get(name);
  if (!found) {
    const { lastInsertRowid } = database
      .prepare('INSERT INTO list (name, columns) VALUES (?, ?)')
      .run(name, JSON.stringify(columns));
    return { list: Number(lastInsertRowid), all: columns };
  }
  const list = Number(found.id);
  const all = [...new Set([...(JSON.parse(String(found.columns)) as string[]), ...columns])];
  database.prepare('UPDATE list SET columns = ? WHERE id = ?').run(JSON.stringify(all), list);
  return { list, all };
}

function insertImport(database: DatabaseSync, list: number, facts: ImportFacts): number {
  const { at, file, delimiter, basis, source = null, wording = null } = facts;
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO import (list, at, file, sha256, delimiter, basis, source, wording, counts)
       VALUES (?, ?, ?, '', ?, ?, ?, ?, '{}')`,
    )
    .run(list, at.toString(), file, delimiter, basis, source, wording);
  return Number(lastInsertRowid);
}
