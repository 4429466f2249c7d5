import { close, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { fail } from '../../../core/errors/index.ts';

const sync = promisify(fdatasync);

/**
 * Brings SQLite's write-ahead log to the disk while the process goes on with its work. A commit under
 * `synchronous=NORMAL` has written its frames and not waited for the disk; a recovery takes over whole commits in their
 * order, so whatever was committed before a `flush` is safe once that is done
 * (https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_synchronous).
 */
export class LogSync {
  readonly #log: number;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #isBroken = false;

  /** @param database the file of one that is open, and has a log beside it therefore */
  constructor(database: string) {
    this.#log = openSync(`${database}-wal`, 'r+');
  }

  /**
   * Resolves when all that was committed before is on the disk. Those who ask while the disk is at work share the next
   * time. A system that once failed to write may forget what it failed with, so no later time counts.
   *
   * @throws IO_FAILED
   */
  flush(): Promise<void> {
    if (!this.#running) return this.#begin();
    this.#next ??= this.#running.catch(() => {}).then(() => this.#begin());
    return this.#next;
  }

  /** Waits for what is under way. Nothing may be asked of it afterwards. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#running, this.#next]);
    await promisify(close)(this.#log);
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    const running = this.#sync().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  async #sync(): Promise<void> {
    try {
      if (this.#isBroken) throw new Error('an earlier time failed');
      await sync(this.#log);
    } catch (error) {
      this.#isBroken = true;
      const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      const problem = isFull ? 'the disk is full' : 'the disk reported an error';
      throw fail('IO_FAILED', { problem, file: 'the ledger (ledger.sqlite)' }, error);
    }
  }
}
