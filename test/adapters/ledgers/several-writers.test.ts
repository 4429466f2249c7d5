import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/adapters/ledgers/postgres/connect.ts';
import { sharedPace } from '../../../src/adapters/ledgers/postgres/shared-pace.ts';
import { openLedger } from '../../../src/adapters/ledgers/registry.ts';
import type { Ledger, LedgerWriter, Settlement, TurnResult } from '../../../src/delivery/ledger.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { Pace } from '../../../src/delivery/pace/pace.ts';
import { withinPace } from '../../../src/delivery/pace/pacing.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { freezePeople } from '../../support/ledgers.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { isLeftOutWithout } from '../../support/programs.ts';

const now = Temporal.Instant.from('2026-03-02T10:00:00Z');
const accepted: Outcome = { kind: 'accepted', providerId: 'q' };
const refused: Outcome = { kind: 'rejected', reason: '550 no' };

const claim = (writer: LedgerWriter, size: number, settle: Settlement[] = []) =>
  writer.turn({ settle, claim: { chunks: 1, size }, exclude: () => () => undefined, now });
const settle = (result: TurnResult, outcome: Outcome): Settlement[] =>
  result.chunks.map((chunk) => ({
    chunk,
    outcomes: chunk.claimed.map(() => outcome),
    requests: chunk.claimed.length,
  }));
const idsOf = (turns: readonly TurnResult[]) =>
  turns.flatMap(({ chunks }) => chunks.flatMap(({ claimed }) => claimed.map(({ recipient: { id } }) => id)));

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql'))(
  'several writers at one campaign',
  () => {
    let server: Postgres;
    let url: string;
    let databases = 0;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());
    beforeEach(() => {
      url = server.database(`several${databases++}`);
    });

    /** A machine with a witness of its own. */
    const machine = async () => {
      const dir = mkdtempSync(join(tmpdir(), 'sec-several-'));
      const ledger = await openLedger({ client: 'kaldi', dir, url });
      onTestFinished(async () => {
        await ledger.close();
        rmSync(dir, { recursive: true });
      });
      return ledger;
    };

    /** A campaign with its people, and writers of it on machines of their own. */
    const together = async (people: number, count: number) => {
      const ledger = await machine();
      const first = await ledger.write('spring', now);
      await freezePeople(first, people, now);
      await first.release();
      const ledgers: Ledger[] = [];
      const writers: LedgerWriter[] = [];
      for (let n = 0; n < count; n++) {
        const opened = await machine();
        ledgers.push(opened);
        writers.push(await opened.write('spring', now, 'together'));
      }
      const [one, two] = writers;
      if (!one || !two) throw new Error('two writers were expected');
      return { ledger, ledgers, writers, one, two };
    };
    const inDatabase = async (sql: string) => {
      const connection = await connect(url, 'sec_kaldi');
      await connection.query(sql);
      await connection.end();
    };

    it('claims each recipient for one of them, and counts what was answered to all', async () => {
      const { ledger, writers, one, two } = await together(40, 4);
      const turns = await Promise.all(writers.map((writer) => claim(writer, 10)));
      expect(idsOf(turns).sort()).toEqual(Array.from({ length: 40 }, (_, n) => recipient(n).id).sort());
      const [first, second] = turns;
      if (!first || !second) throw new Error('two turns were expected');
      await claim(one, 10, settle(first, accepted));
      const answered = { accepted: 10, rejected: 10, inDoubt: 0 };
      expect((await claim(two, 10, settle(second, refused))).answered).toEqual(answered);
      const look = await one.look();
      expect(look).toEqual({ answered, tally: await ledger.tally('spring') });
      expect(look.tally).toMatchObject({ accepted: 10, rejected: 10, sending: 20 });
      expect((await ledger.campaign('spring'))?.requests).toBe(20);
      expect(await ledger.sentSince(now.subtract({ hours: 1 }))).toBe(40);
      expect(await ledger.isBusy('spring')).toBe(true);
      for (const writer of writers) await writer.release();
      expect(await ledger.isBusy('spring')).toBe(false);
    });

    it('lets nobody in alone meanwhile, and nobody help who is alone', async () => {
      const { ledger, writers } = await together(2, 2);
      await expect(ledger.write('spring', now)).rejects.toMatchObject({ code: 'CAMPAIGN_BUSY' });
      for (const writer of writers) await writer.release();
      const alone = await ledger.write('spring', now);
      await expect(ledger.write('spring', now, 'together')).rejects.toMatchObject({ code: 'CAMPAIGN_BUSY' });
      await alone.release();
    });

    it('puts what one of them left in doubt when the next comes, and leaves the others alone', async () => {
      const { ledger, ledgers, one, two } = await together(9, 2);
      await claim(one, 3);
      const kept = await claim(two, 3);
      await ledgers[0]?.close();
      await inDatabase("UPDATE hand SET seen = now() - interval '1 minute'");
      const three = await ledger.write('spring', now, 'together');
      expect(three.lost).toBe(3);
      expect(await ledger.tally('spring')).toMatchObject({ inDoubt: 3, sending: 3, planned: 3 });
      await claim(two, 3, settle(kept, accepted));
      expect(await two.look()).toMatchObject({
        tally: { accepted: 3, inDoubt: 3, planned: 0, sending: 3 },
        answered: { accepted: 3, inDoubt: 3 },
      });
      for (const writer of [two, three]) await writer.release();
    });

    it('gives one who broke off a moment ago the time to come back', async () => {
      const { ledger, one, two } = await together(6, 2);
      await claim(one, 2);
      await inDatabase(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      const three = await (await machine()).write('spring', now, 'together');
      expect(three.lost).toBe(0);
      const turns = await Promise.all([one, two].map((writer) => claim(writer, 2)));
      expect(new Set(idsOf(turns)).size).toBe(4);
      for (const writer of [one, two, three]) await writer.release();
      await ledger.tally('spring').catch(() => {});
      expect(await ledger.tally('spring')).toMatchObject({ inDoubt: 0, sending: 6 });
    });

    it('shuts one out who was taken for gone', async () => {
      const { ledger, one, two } = await together(4, 2);
      const lost = await claim(one, 2);
      await inDatabase('UPDATE hand SET ended = true');
      await expect(claim(one, 1, settle(lost, accepted))).rejects.toMatchObject({ code: 'CAMPAIGN_FENCED' });
      expect(await ledger.tally('spring')).toMatchObject({ accepted: 0, sending: 2 });
      for (const writer of [one, two]) await writer.release();
      const alone = await ledger.write('spring', now);
      expect(alone.lost).toBe(2);
      await alone.release();
    });

    it('claims nobody for any of them once a pause has returned', async () => {
      const { ledger, writers } = await together(400, 4);
      let isPaused = false;
      let late = 0;
      const work = writers.map(async (writer) => {
        for (;;) {
          const wasPaused = isPaused;
          const { chunks, control } = await claim(writer, 2);
          if (wasPaused && chunks.length > 0) late++;
          if (control === 'pause') return;
        }
      });
      await ledger.request('spring', 'pause');
      isPaused = true;
      await Promise.all(work);
      expect(late).toBe(0);
      expect((await ledger.tally('spring')).planned).toBeGreaterThan(0);
      for (const writer of writers) await writer.release();
    });

    it('keeps one pace over all of them', async () => {
      await together(1, 2);
      const rule = { perSecond: 100, perDomain: { 'example.com': 10 } };
      const keepers = [1, 2, 3].map(() => ({
        keeper: sharedPace(url, 'kaldi'),
        pace: new Pace(rule, 'UTC'),
      }));
      const due: number[] = [];
      let taken = 0;
      for (let round = 0; round < 4; round++)
        await Promise.all(
          keepers.map(({ keeper, pace }) =>
            withinPace(
              { keeper, pace, sentSince: async () => 0 },
              () => now,
              async ({ count }) => {
                pace.took(Math.min(1, count), now);
                taken += Math.min(1, count);
                due.push(pace.postpone(recipient(round), now) ?? now.epochMilliseconds);
              },
            ),
          ),
        );
      const alone = new Pace(rule, 'UTC');
      let byOne = 0;
      for (; alone.room(now, 0).count > 0; byOne++) alone.took(1, now);
      expect(byOne).toBeGreaterThan(2);
      expect(taken).toBe(byOne);
      expect(due).toEqual(
        Array.from({ length: 12 }, () => alone.postpone(recipient(0), now) ?? now.epochMilliseconds),
      );
      for (const { keeper } of keepers) await keeper.close();
    });
  },
);
