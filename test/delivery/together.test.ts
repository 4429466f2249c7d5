import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/adapters/ledgers/postgres/connect.ts';
import { openLedger } from '../../src/adapters/ledgers/registry.ts';
import type { ProgressEvent } from '../../src/core/progress.ts';
import type { Chunk, Ledger, LedgerWriter } from '../../src/delivery/ledger.ts';
import type { Outcome } from '../../src/delivery/outcome.ts';
import { sendCampaign } from '../../src/delivery/send.ts';
import { FakeTransport } from '../support/fake-transport.ts';
import { freezePeople } from '../support/ledgers.ts';
import { nobodySuppressed } from '../support/nobody-suppressed.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import { message } from './fixtures.ts';

const now = Temporal.Instant.from('2026-03-02T10:00:00Z');
const notSent: Outcome = { kind: 'notSent', reason: 'the other was told to stop' };

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql'))(
  'a send beside another sender',
  () => {
    let server: Postgres;
    let databases = 0;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());

    /** A campaign of ten, three of whom another sender has in flight. */
    const beside = async () => {
      const url = server.database(`beside${databases++}`);
      const dir = mkdtempSync(join(tmpdir(), 'sec-beside-'));
      const machine = () => openLedger({ client: 'kaldi', dir, url });
      const [ledger, others] = [await machine(), await machine()];
      onTestFinished(async () => {
        await ledger.close();
        await others.close();
        rmSync(dir, { recursive: true });
      });
      const first = await ledger.write('spring', now);
      await freezePeople(first, 10, now, message().digest);
      await first.release();
      const other = await others.write('spring', now, 'together');
      const claim = { chunks: 1, size: 3 };
      const { chunks } = await other.turn({ settle: [], claim, exclude: () => () => undefined, now });
      const [chunk] = chunks;
      if (!chunk) throw new Error('a chunk was expected');
      return { url, ledger, others, other, chunk };
    };
    const settle = async (writer: LedgerWriter, chunk: Chunk, outcome: Outcome) => {
      const outcomes = chunk.claimed.map(() => outcome);
      const nothing = { chunks: 0, size: 1 };
      const turn = { settle: [{ chunk, outcomes, requests: 3 }], claim: nothing, now };
      await writer.turn({ ...turn, exclude: () => () => undefined });
    };

    /** Runs a send; `meanwhile` happens at its n-th wait. */
    const send = async (
      ledger: Ledger,
      meanwhile: (wait: number) => Promise<void>,
      { transport = new FakeTransport(), isUnattended = false } = {},
    ) => {
      let waits = 0;
      const work = sendCampaign({
        client: 'kaldi',
        campaign: 'spring',
        messages: new Map([['en', message()]]),
        ledger,
        suppression: nobodySuppressed,
        openTransport: async () => transport,
        gate: () => {},
        isUnattended,
        clock: { now: () => now },
        sleep: () => meanwhile(++waits),
        signal: new AbortController().signal,
      });
      const told: string[] = [];
      for (;;) {
        const next = await work.next();
        if (next.done) return { receipt: next.value, told, transport };
        told.push(wordsOf(next.value));
      }
    };
    const wordsOf = (event: ProgressEvent) =>
      event.kind === 'tick'
        ? `${event.done} of ${event.total}${event.note ? `, ${event.note}` : ''}`
        : event.text;

    it('shows the whole campaign on its way, and waits for the last ones of others', async () => {
      const { ledger, other, chunk } = await beside();
      let open: Chunk | undefined = chunk;
      const refused: Outcome = { kind: 'rejected', reason: '550 no' };
      const { receipt, told, transport } = await send(ledger, async (wait) => {
        if (wait !== 2 || !open) return;
        await settle(other, open, refused);
        open = undefined;
        await other.release();
      });
      expect(told).toEqual([
        'Connecting to fake:',
        'Sending spring to 10 people through fake:',
        '0 of 10',
        '6 of 10',
        '7 of 10',
        'Waiting for the last 3, which are with other senders',
        '0 of 3',
        '0 of 3',
      ]);
      expect(receipt).toMatchObject({ state: 'finished', accepted: 7, rejected: 3, sending: 0 });
      expect(transport.taken.size).toBe(7);
    });

    it('counts what others were answered meanwhile', async () => {
      const { ledger, other, chunk } = await beside();
      const transport = new FakeTransport({
        concurrency: 1,
        batchSize: 4,
        onBatch: async () => {
          if (transport.batches === 1) await settle(other, chunk, { kind: 'inDoubt', reason: 'reset' });
        },
      });
      const { told } = await send(ledger, async () => {}, { transport });
      expect(told.slice(2)).toEqual(['0 of 10', '7 of 10, 3 in doubt', '10 of 10, 3 in doubt']);
      await other.release();
    });

    it('goes on with those whom the other one gave back', async () => {
      const { ledger, other, chunk } = await beside();
      const { receipt, transport } = await send(ledger, async (wait) => {
        if (wait !== 1) return;
        await settle(other, chunk, notSent);
        await other.release();
      });
      expect(receipt).toMatchObject({ state: 'finished', accepted: 10 });
      expect(transport.taken.size).toBe(10);
    });

    it('shuts out one who vanished, with what that one had in doubt', async () => {
      const { url, ledger, others } = await beside();
      await others.close();
      const connection = await connect(url, 'sec_kaldi');
      const { receipt, told } = await send(ledger, async () => {
        await connection.query("UPDATE hand SET seen = now() - interval '1 minute'");
      });
      await connection.end();
      expect(receipt).toMatchObject({ state: 'finished', accepted: 7, inDoubt: 3, sending: 0 });
      expect(told).toContain('An earlier send stopped suddenly: 3 were in flight and are in doubt now.');
    });

    it('leaves others at work when nobody sits here', async () => {
      const { ledger, other } = await beside();
      const never = () => Promise.reject(new Error('it must not wait'));
      const { receipt } = await send(ledger, never, { isUnattended: true });
      expect(receipt).toMatchObject({ state: 'sending', accepted: 7, sending: 3, balanced: true });
      await other.release();
    });
  },
);
