import type { DatabaseSync } from 'node:sqlite';

/** Raised by one for each change of the tables; a newer sec's file is refused by an older one. */
export const SCHEMA_VERSION = 1;

// `counts`, `columns` and `fields` are JSON. Instants are ISO 8601 in UTC.
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
    counts TEXT NOT NULL
  ) STRICT;
  CREATE TABLE recipient (
    position INTEGER PRIMARY KEY,
    list INTEGER NOT NULL,
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    language TEXT,
    fields TEXT NOT NULL,
    UNIQUE (list, id)
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
