import type { DatabaseSync } from 'node:sqlite';
import type { ImportFacts, ImportTransaction } from '../../audience/list-store.ts';
import { type ClientKey, idMaker } from '../../audience/recipient-id.ts';
import type { Blocks } from './blocks.ts';
import type { ImportRecords } from './import-records.ts';
import { plainErrors } from './sqlite-errors.ts';
import { takePeople } from './take-people.ts';

export interface ImportBooks {
  readonly database: DatabaseSync;
  readonly blocks: Blocks;
  readonly records: ImportRecords;
  readonly clientKey: ClientKey;
  /** The client's short name, for messages. */
  readonly client: string;
}

/** Begins an import as one transaction of the database. */
export function beginImport(
  { database, blocks, records, clientKey, client }: ImportBooks,
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
    const importId = records.begin(list, facts);
    const { identify, put, finish } = takePeople(database, blocks, {
      idOf: idMaker(clientKey),
      list,
      importId,
      places: columns.map((name) => all.indexOf(name)),
      width: all.length,
      hasLanguage: columns.includes('language'),
    });
    return {
      identify: (person) => run(() => identify(person)),
      put: (people) => run(() => put(people)),
      finish: () => run(finish),
      commit: (done) =>
        run(() => {
          records.finish(importId, done);
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
