import { fail } from '../../core/errors/index.ts';

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_FULL = 13;

/** Runs `work` and turns what SQLite throws into words. @throws LISTS_BUSY, LISTS_BROKEN, and what else `work` throws */
export function plainErrors<T>(client: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    const code = error.errcode & 0xff;
    if (code === SQLITE_BUSY || code === SQLITE_LOCKED) throw fail('LISTS_BUSY', { client }, error);
    const problem = code === SQLITE_FULL ? 'the disk is full' : error.errstr;
    throw fail('LISTS_BROKEN', { client, problem }, error);
  }
}

interface SqliteError extends Error {
  readonly errcode: number;
  readonly errstr: string;
}

const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && (error as { code?: unknown }).code === 'ERR_SQLITE_ERROR';
