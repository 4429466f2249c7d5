import type { DatabaseSync } from 'node:sqlite';

/** Raised by one for each change of the tables; a file of another version is brought up to it or refused. */
export const SCHEMA_VERSION = 3;

// People stand in blocks (`blocks.ts`): their ids, keyed hashes of their addresses, as they are; their rows sealed. The
// `lines` of `named` are those on which an import named the people of a block, 0 for those it did not. The `body` of an
// import and the `reason` of a suppression are sealed. `columns` is JSON, instants are ISO 8601 in UTC.
const lists =
  'CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, columns TEXT NOT NULL) STRICT;';
const sealed = `
  CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    list INTEGER NOT NULL REFERENCES list,
    at TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE TABLE block (
    list INTEGER NOT NULL,
    number INTEGER NOT NULL,
    people INTEGER NOT NULL,
    ids BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (list, number)
  ) STRICT;
  CREATE TABLE named (
    list INTEGER NOT NULL,
    number INTEGER NOT NULL,
    import INTEGER NOT NULL,
    lines BLOB NOT NULL,
    PRIMARY KEY (list, number, import)
  ) STRICT;
  CREATE TABLE suppression (id TEXT PRIMARY KEY, at TEXT NOT NULL, reason BLOB) STRICT, WITHOUT ROWID;
`;
const check = 'CREATE TABLE key_check (value TEXT NOT NULL) STRICT;';

export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

export const setVersion = (database: DatabaseSync, version: number): void =>
  database.exec(`PRAGMA user_version = ${version}`);

/** Makes the tables in an empty database. Runs inside the caller's transaction. */
export function createTables(database: DatabaseSync): void {
  database.exec(lists + sealed + check);
  setVersion(database, SCHEMA_VERSION);
}

/** Makes the tables that hold people, beside the others. Runs inside the caller's transaction. */
export const createSealedTables = (database: DatabaseSync): void => database.exec(sealed);
