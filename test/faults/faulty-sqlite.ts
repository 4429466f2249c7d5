import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';

/** What the disk does at the chosen write: it is full, or broken. */
export type DiskFault = 'full' | 'broken';

const SQLITE = {
  full: { errcode: 13, errstr: 'database or disk is full' },
  broken: { errcode: 10, errstr: 'disk I/O error' },
};
const SYSTEM = { full: 'ENOSPC', broken: 'EIO' };

let writes = 0;
let faultAt = Number.POSITIVE_INFINITY;
let kind: DiskFault = 'full';

/** Lets the `at`th write from now on (from 1) fail, once. */
export function plant(fault: DiskFault, at: number): void {
  writes = 0;
  kind = fault;
  faultAt = at;
}

/** No more faults; the number of writes since `plant`. */
export function lift(): number {
  faultAt = Number.POSITIVE_INFINITY;
  return writes;
}

const strikes = () => ++writes === faultAt;

/** A statement that fails as SQLite itself tells it. */
function sqliteWrites(prototype: object, name: string): void {
  const table = prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = table[name];
  if (!original) throw new Error(`node:sqlite has no ${name}`);
  table[name] = function (this: unknown, ...args: unknown[]) {
    if (strikes())
      throw Object.assign(new Error(SQLITE[kind].errstr), { code: 'ERR_SQLITE_ERROR', ...SQLITE[kind] });
    return original.apply(this, args);
  };
}

/** A call of the system that fails; one with a callback tells it there. */
function systemWrites(name: string): void {
  const table = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  const original = table[name];
  if (!original) throw new Error(`node:fs has no ${name}`);
  table[name] = (...args) => {
    if (!strikes()) return original(...args);
    const error = Object.assign(new Error(`${SYSTEM[kind]}: planted`), {
      code: SYSTEM[kind],
      errno: -1,
      syscall: name,
    });
    const callback = args.at(-1);
    if (typeof callback !== 'function') throw error;
    return callback(error);
  };
}

sqliteWrites(DatabaseSync.prototype, 'exec');
sqliteWrites(StatementSync.prototype, 'run');
for (const name of ['fdatasync', 'writeSync', 'renameSync', 'fsyncSync']) systemWrites(name);
syncBuiltinESMExports();
