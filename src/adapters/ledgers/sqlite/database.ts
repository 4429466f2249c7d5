import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail } from '../../../core/errors/index.ts';
import { privateFolder } from '../../files/atomic.ts';
import { migrate } from './schema.ts';

const BUSY_MS = 60_000;
/** A longer log is carried over into the file less often: 32 MB of pages of 4 kB. */
const LOG_PAGES = 8000;
const CACHE_KIB = 32_000;

/**
 * Opens the ledger's file, making it where there is none. Write-ahead log with `synchronous=FULL`: what is
 * committed survives a power failure (https://sqlite.org/pragma.html#pragma_synchronous).
 *
 * @throws LEDGER_UNKNOWN, IO_FAILED
 */
export function openDatabase(file: string): DatabaseSync {
  privateFolder(dirname(file));
  return guarded(() => {
    const database = new DatabaseSync(file, { timeout: BUSY_MS });
    try {
      chmodSync(file, 0o600);
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
        PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA cache_size = -${CACHE_KIB};`);
      migrate(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Runs `work` as one transaction that is on the disk when this returns, or never happened. */
export const transaction = <T>(database: DatabaseSync, work: () => T): T =>
  guarded(() => within(database, 'FULL', work));

/**
 * Runs `work` as one transaction that outlives this process when this returns, and a power failure once the log was
 * brought to the disk (`LogSync`).
 */
export const logged = <T>(database: DatabaseSync, work: () => T): T =>
  guarded(() => within(database, 'NORMAL', work));

/** Begins a transaction whose commit waits for the disk, or does not. */
export const begin = (database: DatabaseSync, synchronous: 'FULL' | 'NORMAL'): void =>
  database.exec(`PRAGMA synchronous = ${synchronous}; BEGIN IMMEDIATE`);

function within<T>(database: DatabaseSync, synchronous: 'FULL' | 'NORMAL', work: () => T): T {
  begin(database, synchronous);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollback(database);
    throw error;
  }
}

export function rollback(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK');
}

/** What SQLite says, as errors of the catalogue (result codes: https://sqlite.org/rescode.html). */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asKnown(error);
  }
}

export function asKnown(error: unknown): unknown {
  const code = (error as { errcode?: unknown }).errcode;
  if (typeof code !== 'number') return error;
  const file = 'the ledger (ledger.sqlite)';
  switch (code & 0xff) {
    case 13:
      return fail('IO_FAILED', { problem: 'the disk is full', file }, error);
    case 10:
      return fail('IO_FAILED', { problem: 'the disk reported an error', file }, error);
    case 8:
    case 14:
      return fail('IO_FAILED', { problem: 'it cannot be opened or written', file }, error);
    case 5:
      return fail('IO_FAILED', { problem: 'another program keeps it locked', file }, error);
    case 1:
      return fail('LEDGER_DAMAGED', { problem: 'its tables are not as sec made them' }, error);
    // No statement of sec breaks a rule of its own tables, or makes a row too large: somebody changed them.
    case 18:
    case 19:
    case 20:
      return fail('LEDGER_DAMAGED', { problem: 'what is in it breaks the rules of its tables' }, error);
    case 11:
    case 26:
      return fail('LEDGER_UNKNOWN', { problem: 'the file ledger.sqlite is damaged' }, error);
    default:
      return error;
  }
}
