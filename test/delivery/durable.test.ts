import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import type { AudienceSource } from '../../src/audience/audience.ts';
import { fail } from '../../src/core/errors/index.ts';
import { finish } from '../../src/core/progress.ts';
import type { Ledger } from '../../src/delivery/ledger.ts';
import { sendCampaign } from '../../src/delivery/send.ts';
import { FakeTransport } from '../support/fake-transport.ts';
import { withTurns } from '../support/ledgers.ts';
import { nobodySuppressed } from '../support/nobody-suppressed.ts';
import { message, recipient } from './fixtures.ts';

const audience: AudienceSource = {
  client: 'kaldi',
  list: 'customers',
  basis: 'customer',
  columns: ['first_name'],
  async *candidates() {
    for (let n = 0; n < 10; n++) yield { kind: 'recipient', recipient: recipient(n) };
  },
};

describe('what is claimed, and the disk', () => {
  let dir: string;
  let ledger: Ledger;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sec-durable-'));
    ledger = sqliteLedger({ client: 'kaldi', dir });
  });
  afterEach(async () => {
    await ledger.close();
    await rm(dir, { recursive: true });
  });

  const send = (through: FakeTransport, over: Ledger) =>
    finish(
      sendCampaign({
        client: 'kaldi',
        campaign: 'spring',
        messages: new Map([['en', message()]]),
        audience: through.batches === 0 ? audience : undefined,
        ledger: over,
        suppression: nobodySuppressed,
        openTransport: async () => through,
        gate: () => {},
        clock: { now: () => Temporal.Now.instant() },
        sleep: (ms) => wait(ms),
        signal: new AbortController().signal,
      }),
    );

  it('goes out only once it is on the disk', async () => {
    const order: string[] = [];
    const slowDisk = withTurns(ledger, async (turn) => {
      const durable = (async () => {
        await turn.durable;
        await wait(10);
        for (const { chunk } of turn.chunks) order.push(`on the disk: ${chunk}`);
      })();
      return { ...turn, durable };
    });
    const chunkOf = new Map<string, number>();
    const through = new FakeTransport({
      onBatch: (batch) => {
        const key = batch.map(({ recipient: { id } }) => id).join();
        chunkOf.set(key, chunkOf.size + 1);
        order.push(`sent: ${chunkOf.get(key)}`);
      },
    });
    expect(await send(through, slowDisk)).toMatchObject({ accepted: 10, state: 'finished' });
    for (const n of [1, 2, 3, 4])
      expect(order.indexOf(`on the disk: ${n}`), order.join('; ')).toBeLessThan(order.indexOf(`sent: ${n}`));
  });

  it('does not go out where the disk fails, and is written to later', async () => {
    let turns = 0;
    const failing = withTurns(ledger, async (turn) => {
      const problem = 'the disk reported an error';
      if (++turns < 2) return turn;
      return { ...turn, durable: Promise.reject(fail('IO_FAILED', { problem, file: 'the ledger' })) };
    });
    const through = new FakeTransport({ concurrency: 1 });
    await expect(send(through, failing)).rejects.toMatchObject({ code: 'IO_FAILED' });
    expect([...through.taken.values()]).toEqual([1, 1, 1]);
    expect(await ledger.tally('spring')).toMatchObject({ accepted: 3, planned: 7, sending: 0, inDoubt: 0 });
    expect(await send(through, ledger)).toMatchObject({ accepted: 10, state: 'finished' });
    expect([...through.taken.values()]).toEqual(Array.from({ length: 10 }, () => 1));
  });
});
