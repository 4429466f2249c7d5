import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/adapters/ledgers/postgres/connect.ts';
import { versions as postgresVersions } from '../../../src/adapters/ledgers/postgres/schema.ts';
import { openLedger } from '../../../src/adapters/ledgers/registry.ts';
import { versions as sqliteVersions } from '../../../src/adapters/ledgers/sqlite/schema.ts';
import { sha256 } from '../../../src/core/digest.ts';
import type { Ledger } from '../../../src/delivery/ledger.ts';
import { isBalanced } from '../../../src/delivery/tally.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { isLeftOutWithout } from '../../support/programs.ts';

const now = Temporal.Instant.from('2026-03-02T10:00:00Z');

/** What the first sec left of a campaign: it was killed with one mail in flight. */
const LEFT = `
  INSERT INTO campaign (id, name, generation, frozen, list, basis, messages, candidates, chunks, requests)
    VALUES (1, 'spring', 3, 1772445600000, 'customers', 'customer', '{"en": "digest"}', 5, 2, 7);
  INSERT INTO delivery (id, campaign, key, recipient, address, fields, language, state, attempt, chunk, reason, changed) VALUES
    (1, 1, 'a@example.com', 'a', 'a@example.com', '{"first_name": "Anna"}', 'en', 'accepted', 1, 1, NULL, 5),
    (2, 1, 'b@example.com', 'b', 'b@example.com', '{}', 'en', 'sending', 1, 2, NULL, 6),
    (3, 1, 'c@example.com', 'c', 'c@example.com', '{}', 'en', 'inDoubt', 1, 1, 'reset', 6),
    (4, 1, 'd@example.com', 'd', 'd@example.com', '{"first_name": "Dora"}', 'en', 'planned', 0, NULL, NULL, 4),
    (5, 1, NULL, NULL, NULL, NULL, NULL, 'excluded', 0, NULL, 'duplicate', 4);`;

/** What every later sec must make of it: all of it, and go on. */
async function goesOn(ledger: Ledger): Promise<void> {
  expect(await ledger.campaign('spring')).toMatchObject({
    ...{ list: 'customers', basis: 'customer', control: 'go', requests: 7, recalled: 0 },
    messages: { en: 'digest' },
    frozenAt: Temporal.Instant.fromEpochMilliseconds(1_772_445_600_000),
  });
  const writer = await ledger.write('spring', now, 'together');
  expect(writer.lost).toBe(1);
  const claim = { chunks: 2, size: 2 };
  const { chunks } = await writer.turn({ settle: [], claim, exclude: () => () => undefined, now });
  const [chunk] = chunks;
  expect(chunk?.claimed.map(({ recipient }) => recipient)).toEqual([
    expect.objectContaining({ address: 'd@example.com', fields: { first_name: 'Dora' }, language: 'en' }),
  ]);
  if (!chunk) return;
  expect(chunk.chunk).toBeGreaterThan(2);
  const settle = [{ chunk, outcomes: [{ kind: 'accepted', providerId: 'q' } as const], requests: 1 }];
  await writer.turn({ settle, claim: { chunks: 0, size: 1 }, exclude: () => () => undefined, now });
  await writer.release();
  const tally = await ledger.tally('spring');
  expect(tally).toMatchObject({ candidates: 5, accepted: 2, inDoubt: 2, planned: 0, sending: 0 });
  expect(isBalanced(tally)).toBe(true);
  expect((await ledger.campaign('spring'))?.requests).toBe(8);
}

/** By which a version that was changed is known. */
const marksOf = (versions: readonly string[]) =>
  versions.map((sql) => sha256(sql.replace(/\s+/g, ' ')).slice(0, 12));

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'sec-migrations-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

describe('a SQLite ledger of the first sec', () => {
  it('is brought up to today with all that is in it', async () => {
    const dir = folder();
    const database = new DatabaseSync(join(dir, 'ledger.sqlite'));
    database.exec(`${sqliteVersions[0]}; PRAGMA user_version = 1; ${LEFT}`);
    database.close();
    const ledger = await openLedger({ client: 'kaldi', dir });
    await goesOn(ledger);
    await ledger.close();
  });

  it('was never rewritten afterwards: whoever has it would not get what was changed', () => {
    expect(marksOf(sqliteVersions)).toEqual(['04084eba09b1', '29360c18d68d', '563d2fe70740', '04cc6f8fedfc']);
  });
});

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql'))(
  'a PostgreSQL ledger of the first sec',
  () => {
    let server: Postgres;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());

    it('is brought up to today with all that is in it', async () => {
      const url = server.database('first');
      const connection = await connect(url, 'sec_kaldi');
      await connection.query(`CREATE SCHEMA sec_kaldi; ${postgresVersions[0]}
        CREATE TABLE ledger (version integer NOT NULL, client text NOT NULL);
        INSERT INTO ledger VALUES (1, 'kaldi'); ${LEFT}`);
      await connection.end();
      const ledger = await openLedger({ client: 'kaldi', dir: folder(), url });
      await goesOn(ledger);
      await ledger.close();
    });

    it('was never rewritten afterwards: whoever has it would not get what was changed', () => {
      expect(marksOf(postgresVersions)).toEqual([
        ...['5ffd5b5cf6fb', '8450efa90eb6', '6b7c8aca954f', 'd7f638397dab'],
        ...['b93bc963744f', '0f1a88ef0ac1', '683ed4e5d738'],
      ]);
    });
  },
);
