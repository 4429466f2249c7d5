import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/adapters/ledgers/postgres/connect.ts';
import { openLedger } from '../../../src/adapters/ledgers/registry.ts';
import type { Ledger, LedgerWriter } from '../../../src/delivery/ledger.ts';
import { nobody } from '../../../src/delivery/tally.ts';
import { ledgerContract } from '../../contracts/ledger.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { freezePeople } from '../../support/ledgers.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { isLeftOutWithout } from '../../support/programs.ts';

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql'))('PostgreSQL', () => {
  let server: Postgres;
  let databases = 0;
  const folders: string[] = [];
  const now = Temporal.Instant.from('2026-03-02T10:00:00Z');
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
    for (const dir of folders) rmSync(dir, { recursive: true });
  });

  /** An office with a database of its own; each operator has a machine with a witness of its own. */
  const office = (url = server.database(`office${databases++}`)) => {
    const dir = mkdtempSync(join(tmpdir(), 'sec-ledger-'));
    folders.push(dir);
    return { url, open: (client = 'kaldi') => openLedger({ client, dir, url, witness: join(dir, client) }) };
  };
  const begin = async (ledger: Ledger, people: number, campaign = 'spring'): Promise<LedgerWriter> => {
    const writer = await ledger.write(campaign, now);
    await freezePeople(writer, people, now);
    return writer;
  };
  const claim = (
    writer: LedgerWriter,
    size: number,
    settle: Parameters<LedgerWriter['turn']>[0]['settle'] = [],
  ) => writer.turn({ settle, claim: { chunks: 1, size }, exclude: () => () => undefined, now });

  let shared: string | undefined;
  ledgerContract('PostgreSQL', async () => {
    shared ??= server.database('contract');
    const url = shared;
    const { open } = office(url);
    return { open: () => open(), destroy: () => dropClient(url, 'kaldi') };
  });

  it('keeps clients apart in one database, and operators together', async () => {
    const one = office();
    const other = office(one.url);
    const ours = await one.open('kaldi');
    await (await begin(ours, 3)).release();
    const theirs = await other.open('roastery');
    expect(await theirs.campaign('spring')).toBeUndefined();
    const colleague = await other.open('kaldi');
    expect(await colleague.tally('spring')).toMatchObject({ candidates: 3, planned: 3 });
    const similar = office(one.url);
    await (await similar.open('a-b')).close();
    await expect(similar.open('a_b')).rejects.toMatchObject({ code: 'LEDGER_UNKNOWN' });
    for (const ledger of [ours, theirs, colleague]) await ledger.close();
  });

  it('is set up by several at once, once', async () => {
    const { open } = office();
    const ledgers = await Promise.all(Array.from({ length: 6 }, () => open()));
    for (const ledger of ledgers) {
      expect(await ledger.tally('spring')).toEqual(nobody);
      await ledger.close();
    }
  });

  it('refuses a database that was put back, or is another, than the last send knew', async () => {
    const { open } = office();
    const ledger = await open();
    await (await begin(ledger, 1)).release();
    await ledger.close();
    const dir = folders.at(-1) ?? '';
    const fresh = await openLedger({
      client: 'kaldi',
      dir,
      url: server.database(`office${databases++}`),
      witness: join(dir, 'kaldi'),
    });
    await expect(fresh.write('spring', now)).rejects.toMatchObject({ code: 'LEDGER_OLD' });
    await fresh.close();
  });

  it.each(['SIGINT', 'SIGQUIT'] as const)(
    'goes on with the same claims after the server was restarted by %s',
    async (how) => {
      const { open } = office();
      const ledger = await open();
      const writer = await begin(ledger, 6);
      const first = (await claim(writer, 2)).chunks[0];
      if (!first) throw new Error('a chunk was expected');
      await server.restart(how);
      const settled = {
        chunk: first,
        outcomes: first.claimed.map(() => ({ kind: 'accepted' as const, providerId: 'q' })),
        requests: 2,
      };
      const { chunks } = await claim(writer, 3, [settled]);
      expect(chunks[0]?.claimed.map(({ recipient: r }) => r.id)).toEqual(
        [2, 3, 4].map((n) => recipient(n).id),
      );
      await writer.release();
      await ledger.tally('spring').catch(() => {});
      expect(await ledger.tally('spring')).toMatchObject({ accepted: 2, sending: 3, planned: 1 });
      await ledger.close();
    },
  );

  it('tells the server how many there are, and lets it sample nothing personal', async () => {
    const { open, url } = office();
    const ledger = await open();
    await (await begin(ledger, 3000)).release();
    const connection = await connect(url, 'sec_kaldi');
    const counted = "SELECT reltuples FROM pg_class WHERE oid = 'delivery'::regclass";
    expect(Number((await connection.query(counted)).rows[0]?.reltuples)).toBe(3000);
    await connection.query('ANALYZE');
    const sampled = "SELECT attname FROM pg_stats WHERE schemaname = 'sec_kaldi' AND tablename = 'delivery'";
    const names = (await connection.query(sampled)).rows.map(({ attname }) => attname);
    const claims =
      "SELECT id FROM delivery WHERE campaign = 1 AND state = 'planned' AND due <= 1 ORDER BY due, id";
    const { rows } = await connection.query(`EXPLAIN ${claims} LIMIT 64 FOR UPDATE SKIP LOCKED`);
    await connection.end();
    expect(names).toContain('state');
    for (const personal of ['address', 'key', 'fields']) expect(names).not.toContain(personal);
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    expect(plan).toContain('Index Scan using delivery_planned');
    expect(plan).not.toContain('Sort');
    await ledger.close();
  });

  it('says that it is not there, without a password', async () => {
    const url = 'postgres://sec:hidden@127.0.0.1:1/x';
    const error = await openLedger({ client: 'kaldi', dir: '/nowhere', url }).catch(
      (failure: unknown) => failure,
    );
    expect(error).toMatchObject({ code: 'LEDGER_UNREACHABLE', exitCode: 69 });
    expect(JSON.stringify(error) + String(error)).not.toContain('hidden');
    const plain = 'postgres://sec:hidden@db.example/x?sslmode=disable';
    await expect(openLedger({ client: 'kaldi', dir: '/nowhere', url: plain })).rejects.toMatchObject({
      code: 'LEDGER_UNKNOWN',
    });
  });
});

async function dropClient(url: string, client: string): Promise<void> {
  const connection = await connect(url, 'public');
  await connection.query(`DROP SCHEMA IF EXISTS sec_${client} CASCADE`);
  await connection.end();
}
