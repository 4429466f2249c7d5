import type { DatabaseSync } from 'node:sqlite';

/** SQLITE_BUSY, as SQLite itself throws it where somebody reads or writes too long (https://sqlite.org/rescode.html). */
const busy = () =>
  Object.assign(new Error('the write-ahead log is in use'), {
    code: 'ERR_SQLITE_ERROR',
    errcode: 5,
    errstr: 'another program is reading it',
  });

/**
 * Writes the database anew, so that nothing that was deleted is left in free pages, in the room between rows or in the
 * write-ahead log (https://sqlite.org/lang_vacuum.html, https://sqlite.org/pragma.html#pragma_wal_checkpoint). Takes as
 * long as copying the file.
 *
 * @throws SQLite's own error where another process holds the file
 */
export function leaveNoTrace(database: DatabaseSync): void {
  database.exec('PRAGMA secure_delete = ON; VACUUM;');
  const done = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (Number(done?.busy) !== 0) throw busy();
}
