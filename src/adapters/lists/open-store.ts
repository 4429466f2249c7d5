import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ListStore } from '../../audience/list-store.ts';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { keyedHash } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { privateFolder } from '../files/atomic.ts';
import { inTransaction } from '../sqlite/transaction.ts';
import { passingKey } from './list-key-file.ts';
import { PLAIN_VERSION, sealPlainLists, UNCLEAN_VERSION } from './migrate.ts';
import { createTables, SCHEMA_VERSION, schemaVersion } from './schema.ts';
import { plainErrors } from './sqlite-errors.ts';
import { sqliteStore } from './sqlite-store.ts';

const WAIT_MS = 5000;
const CACHE_KIB = 4 * 1024;
const PAGE_BYTES = 16 * 1024; // a block takes four of them

/** Where a client's lists are. */
export const storePath = (stateDir: string) => join(stateDir, 'lists.sqlite');

/** Whether anything was ever stored for the client whose state lives in `stateDir`. */
export const hasStore = (stateDir: string) => existsSync(storePath(stateDir));

/** Makes the empty file, before there is a key: one without the other is noticed. */
export function beginStore(stateDir: string): void {
  privateFolder(stateDir);
  closeSync(openSync(storePath(stateDir), 'a', 0o600));
}

/**
 * Opens the lists of one client, and makes the file (mode 0600) where there is none. Lists that an earlier sec kept plain
 * are sealed now.
 *
 * @param key the client's own; one that belongs to other lists is noticed, instead of letting suppressed people through
 * @param client the client's short name, for messages
 * @param options.waitMs how long to wait for another sec that writes
 * @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN
 */
export function openStore(
  stateDir: string,
  client: string,
  key: ClientKey,
  { waitMs = WAIT_MS } = {},
): ListStore {
  const path = storePath(stateDir);
  beginStore(stateDir);
  chmodSync(path, 0o600);
  return plainErrors(client, () => {
    const database = new DatabaseSync(path, { timeout: waitMs });
    try {
      database.exec(
        `PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         PRAGMA cache_size = -${CACHE_KIB}; PRAGMA secure_delete = FAST;`,
      );
      refuseUnknown(schemaVersion(database), client);
      if (schemaVersion(database) === 0) initialise(database, key);
      if (database.prepare('SELECT value FROM key_check').get()?.value !== checkValue(key))
        throw fail('LISTS_KEY_LOST', { client, problem: 'the file lists.key belongs to other lists' });
      sealPlainLists(database, key, client);
      return sqliteStore(database, key, client);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function refuseUnknown(version: number, client: string): void {
  if ([0, PLAIN_VERSION, UNCLEAN_VERSION, SCHEMA_VERSION].includes(version)) return;
  const age = version > SCHEMA_VERSION ? 'a newer sec' : 'a trial version of sec, which this one cannot read';
  throw fail('LISTS_BROKEN', { client, problem: `they were written by ${age}` });
}

const checkValue = (key: ClientKey) => keyedHash(key, 'lists.sqlite belongs to this key');

function initialise(database: DatabaseSync, key: ClientKey): void {
  inTransaction(database, () => {
    if (schemaVersion(database) !== 0) return;
    createTables(database);
    database.prepare('INSERT INTO key_check (value) VALUES (?)').run(checkValue(key));
  });
}

/** Empty lists in memory, for looking at what an import would do where nothing is stored yet. */
export function openPassingStore(client: string): ListStore {
  const database = new DatabaseSync(':memory:');
  createTables(database);
  return sqliteStore(database, passingKey(), client);
}
