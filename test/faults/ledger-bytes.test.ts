import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { parseEmailAddress } from '../../src/core/email-address.ts';
import { approvingOffice, type Office } from '../support/approval.ts';
import { points, seed, seeded } from './seeded.ts';

const flips = points(3, 5);
const PATIENCE_MS = 10_000;
const bin = resolve(import.meta.dirname, '../..', process.env.SEC_TEST_BIN ?? 'bin/dev.js');
const approved = ['anna@example.com', 'bob@example.org', 'constanze@example.com'];

/** An approved campaign of which one person has had the mail, and two have not. */
async function halfSent(): Promise<Office> {
  const office = approvingOffice();
  const list = ['--csv', join(office.cwd, 'customers.csv'), '--basis', 'customer'];
  await office.run('approval', 'request', 'kaldi', 'spring', ...list, '--yes');
  await office.run('approval', 'record', 'kaldi', await office.code('approve'));
  expect((await office.run('promo', 'send', 'kaldi', 'spring', ...list, '--yes')).code).toBe(0);
  const database = new DatabaseSync(join(office.cwd, '.sec/clients/kaldi/ledger.sqlite'));
  database.exec(
    "UPDATE delivery SET state = 'planned', attempt = 0 WHERE id IN (SELECT id FROM person WHERE address <> 'anna@example.com')",
  );
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return office;
}

/** Goes on with it in a process of its own, which may have been told to wait for years. */
function goOn({ cwd, keys }: Office): Promise<{ code: number | null; stdout: string }> {
  const words = ['promo', 'resume', 'kaldi', 'spring', '--yes', '--json'];
  const env = { ...process.env, SEC_KEYS: keys };
  const child = spawn(process.execPath, [bin, ...words], {
    cwd,
    env,
    timeout: PATIENCE_MS,
    killSignal: 'SIGINT',
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ code, stdout }));
  });
}

/** The keys of the mailboxes that were written to: a capital letter in one makes nobody else of it. */
async function mailedTo({ cwd }: Office): Promise<string[]> {
  const dir = join(cwd, 'outbox');
  if (!existsSync(dir)) return [];
  const mails = readdirSync(dir).map((name) => PostalMime.parse(readFileSync(join(dir, name))));
  return (await Promise.all(mails)).map(({ to }) => {
    const parsed = parseEmailAddress(to?.[0]?.address ?? '');
    return parsed.ok ? parsed.address.key : 'nobody that could be';
  });
}

it(
  `writes to nobody who was not approved, nor twice, whichever bit of its record is changed: ${flips} bits (seed ${seed})`,
  async () => {
    const office = await halfSent();
    const [state, kept] = [join(office.cwd, '.sec'), join(office.cwd, 'kept')];
    cpSync(state, kept, { recursive: true });
    const chance = seeded(seed);
    for (let n = 0; n < flips; n++) {
      rmSync(state, { recursive: true });
      rmSync(join(office.cwd, 'outbox'), { recursive: true, force: true });
      cpSync(kept, state, { recursive: true });
      const file = join(state, 'clients/kaldi/ledger.sqlite');
      const bytes = readFileSync(file);
      // Empty pages say nothing: only bytes that hold something are changed.
      let where = 0;
      do where = Math.floor(chance() * bytes.length);
      while (bytes[where] === 0);
      bytes[where] = (bytes[where] ?? 0) ^ (1 << Math.floor(chance() * 8));
      writeFileSync(file, bytes);
      const ran = await goOn(office);
      const mailed = await mailedTo(office);
      const wrong = mailed.filter(
        (key, at) => !approved.includes(key) || key === 'anna@example.com' || mailed.indexOf(key) !== at,
      );
      const isBug = ran.code === 70;
      expect({ where, wrong, isBug, said: isBug ? ran.stdout : '' }).toEqual({
        where,
        wrong: [],
        isBug: false,
        said: '',
      });
    }
  },
  60_000 + flips * 2 * PATIENCE_MS,
);
