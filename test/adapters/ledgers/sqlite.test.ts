import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/adapters/ledgers/registry.ts';
import { sqliteLedger } from '../../../src/adapters/ledgers/sqlite.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import { ledgerContract } from '../../contracts/ledger.ts';

ledgerContract('SQLite', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sec-ledger-'));
  return {
    open: async () => sqliteLedger({ client: 'kaldi', dir }),
    destroy: () => rm(dir, { recursive: true }),
  };
});

describe('the SQLite ledger', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sec-ledger-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('can be read by its owner alone', async () => {
    const state = join(dir, 'clients', 'kaldi');
    await sqliteLedger({ client: 'kaldi', dir: state }).close();
    expect((await stat(state)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(state))
      expect((await stat(join(state, name))).mode & 0o077, name).toBe(0);
  });

  it('refuses a file of a newer sec, and leaves it as it is', async () => {
    await sqliteLedger({ client: 'kaldi', dir }).close();
    const database = new DatabaseSync(join(dir, 'ledger.sqlite'));
    database.exec('PRAGMA user_version = 99');
    expect(() => sqliteLedger({ client: 'kaldi', dir })).toThrow(/written by a newer sec/);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    database.close();
  });

  it('says so when the file is damaged', async () => {
    await writeFile(join(dir, 'ledger.sqlite'), 'this is not a database, whatever its name says '.repeat(40));
    expect(() => sqliteLedger({ client: 'kaldi', dir })).toThrow(/damaged/);
  });

  describe('that is older than the last send', () => {
    const now = Temporal.Now.instant();
    const open = () =>
      sqliteLedger({ client: 'kaldi', dir: join(dir, 'kaldi'), witness: join(dir, 'witness') });
    const file = () => join(dir, 'kaldi', 'ledger.sqlite');
    const run = async () => {
      const ledger = open();
      await (await ledger.write('spring', now)).release();
      await ledger.close();
    };
    const refused = async () => {
      const ledger = open();
      const error: unknown = await ledger.write('spring', now).catch((failure: unknown) => failure);
      await ledger.close();
      return isSecError(error, 'LEDGER_OLD') && error;
    };

    it('is refused, whether a copy was put back or the file was deleted', async () => {
      await run();
      await copyFile(file(), join(dir, 'backup'));
      await run();
      await copyFile(join(dir, 'backup'), file());
      expect(await refused()).toMatchObject({ message: expect.stringContaining('Nothing was sent') });
      await rm(join(dir, 'kaldi'), { recursive: true });
      expect(await refused()).toMatchObject({ hint: expect.stringContaining('witness') });
    });

    it('is refused also where the copy was made during a send', async () => {
      const ledger = open();
      const writer = await ledger.write('spring', now);
      const copy = new DatabaseSync(file());
      copy.exec(`VACUUM INTO '${join(dir, 'backup')}'`);
      copy.close();
      await writer.release();
      await ledger.close();
      await rm(join(dir, 'kaldi'), { recursive: true });
      await mkdir(join(dir, 'kaldi'));
      await copyFile(join(dir, 'backup'), file());
      expect(await refused()).toMatchObject({ code: 'LEDGER_OLD' });
    });

    it('is not what a sender leaves behind that was killed', async () => {
      const ledger = open();
      await ledger.write('spring', now);
      await ledger.close();
      await rm(join(dir, 'kaldi', 'locks'), { recursive: true });
      await run();
      expect((await stat(join(dir, 'witness'))).mode & 0o777).toBe(0o600);
    });

    it('is told from a witness that nobody can read', async () => {
      await writeFile(join(dir, 'witness'), 'what?');
      await expect(open().write('spring', now)).rejects.toMatchObject({ code: 'LEDGER_UNKNOWN' });
    });
  });

  it('waits for somebody who only looks', async () => {
    const ledger = sqliteLedger({ client: 'kaldi', dir });
    await (await ledger.write('spring', Temporal.Now.instant())).release();
    const looker = new Worker(
      `const { DatabaseSync } = require('node:sqlite');
       const { parentPort, workerData } = require('node:worker_threads');
       const lock = new DatabaseSync(workerData);
       lock.exec('BEGIN EXCLUSIVE');
       parentPort.postMessage('held');
       setTimeout(() => lock.close(), 30);`,
      { eval: true, workerData: join(dir, 'locks', 'spring.lock') },
    );
    const gone = once(looker, 'exit');
    await once(looker, 'message');
    await (await ledger.write('spring', Temporal.Now.instant())).release();
    await gone;
    await ledger.close();
  });

  it('refuses a kind of ledger that it does not know', async () => {
    const opened = openLedger({ client: 'kaldi', dir, url: 'mysql://u:secret@db.example/x' });
    await expect(opened).rejects.toSatisfy(
      (error) => isSecError(error, 'LEDGER_UNKNOWN') && !JSON.stringify(error).includes('secret'),
    );
  });
});
