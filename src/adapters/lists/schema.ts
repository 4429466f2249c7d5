import type { DatabaseSync } from 'node:sqlite';

/** Raised by one for each change of the tables; a file of another version is refused. */
export const SCHEMA_VERSION = 2;

// `counts` and `columns` are JSON. `cells` are those of the list's columns, in their order, joined by U+001F. Instants
// are ISO 8601 in UTC. A recipient carries the line of the import that brought them; what later imports say of them
// is in `evidence`. Each list has an index of its own (`indexList`).
const tables = `
  CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, columns TEXT NOT NULL) STRICT;
  CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    list INTEGER NOT NULL REFERENCES list,
    at TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    delimiter TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('consent', 'customer')),
    source TEXT,
    wording TEXT,
    counts TEXT NOT NULL
  ) STRICT;
  CREATE TABLE recipient (
    position INTEGER PRIMARY KEY,
    list INTEGER NOT NULL,
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    language TEXT,
    cells TEXT NOT NULL,
    import INTEGER NOT NULL,
    line INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE evidence (
    recipient INTEGER NOT NULL,
    import INTEGER NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (recipient, import)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE suppression (id TEXT PRIMARY KEY, at TEXT NOT NULL, reason TEXT) STRICT, WITHOUT ROWID;
  CREATE TABLE key_check (value TEXT NOT NULL) STRICT;
`;

export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

/** Makes the tables in an empty database. Runs inside the caller's transaction. */
export function createTables(database: DatabaseSync): void {
  database.exec(tables);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/**
 * Makes the index over the ids of one list, which a first import can do without. Over rows that are there SQLite sorts
 * it in runs, at a fraction of what as many single insertions in random order cost: that is why each list has its own.
 */
export function indexList(database: DatabaseSync, list: number): void {
  database.exec(`CREATE INDEX IF NOT EXISTS recipient_${list} ON recipient (id) WHERE list = ${list}`);
}

/** Whether a list has nobody, so that nobody can be found in it. */
export const isEmpty = (database: DatabaseSync, list: number): boolean =>
  database.prepare('SELECT 1 FROM recipient WHERE list = ? LIMIT 1').get(list) === undefined;
