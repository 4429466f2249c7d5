import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ListStore } from '../../audience/list-store.ts';
import { fail } from '../../core/errors/index.ts';
import { privateFolder } from '../files/atomic.ts';
import { hasKey, lockStore, passingKey, unlockStore } from './client-key.ts';
import { createTables, SCHEMA_VERSION, schemaVersion } from './schema.ts';
import { plainErrors } from './sqlite-errors.ts';
import { sqliteStore } from './sqlite-store.ts';

const WAIT_MS = 5000;
const CACHE_KIB = 16 * 1024;

/** Where a client's lists are. */
export const storePath = (stateDir: string) => join(stateDir, 'lists.sqlite');

/** Whether anything was ever stored for the client whose state lives in `stateDir`. */
export const hasStore = (stateDir: string) => existsSync(storePath(stateDir));

/**
 * Opens the lists of one client, and makes the file and its key (both mode 0600) where there is none.
 *
 * @param client the client's short name, for messages
 * @param options.waitMs how long to wait for another sec that writes
 * @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN
 */
export function openStore(stateDir: string, client: string, { waitMs = WAIT_MS } = {}): ListStore {
  const path = storePath(stateDir);
  // Beginning anew would let through everybody who said that they want no mail.
  if (!hasStore(stateDir) && hasKey(stateDir))
    throw fail('LISTS_BROKEN', { client, problem: 'the file lists.sqlite is gone, its key is still there' });
  privateFolder(stateDir);
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  return plainErrors(client, () => {
    const database = new DatabaseSync(path, { timeout: waitMs });
    try {
      database.exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE_KIB}; PRAGMA secure_delete = FAST;`,
      );
      const version = schemaVersion(database);
      if (version !== 0 && version !== SCHEMA_VERSION) {
        const age =
          version > SCHEMA_VERSION ? 'a newer sec' : 'a trial version of sec, which this one cannot read';
        throw fail('LISTS_BROKEN', { client, problem: `they were written by ${age}` });
      }
      if (version === 0) initialise(database, stateDir);
      const key = unlockStore(database, stateDir, client);
      return sqliteStore(database, key, client);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function initialise(database: DatabaseSync, stateDir: string): void {
  database.exec('BEGIN IMMEDIATE');
  if (schemaVersion(database) === 0) {
    createTables(database);
    lockStore(database, stateDir);
  }
  database.exec('COMMIT');
}

/** Empty lists in memory, for looking at what an import would do where nothing is stored yet. */
export function openPassingStore(client: string): ListStore {
  const database = new DatabaseSync(':memory:');
  createTables(database);
  return sqliteStore(database, passingKey(), client);
}
