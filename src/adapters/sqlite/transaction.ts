import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` as one transaction: all of it is on the disk when this returns, or nothing ever happened. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
