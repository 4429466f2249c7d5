import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sqliteLedger } from '../../../src/adapters/ledgers/sqlite.ts';
import { fail } from '../../../src/core/errors/index.ts';
import type { SendOptions } from '../../../src/delivery/send.ts';
import { FakeTransport } from '../../support/fake-transport.ts';
import { audienceOf, people, sendingStage } from './stage.ts';

describe('a send that somebody stops', () => {
  const stage = sendingStage();
  const { run, failure, standing } = stage;

  it('does not go on with what was cancelled while it was connecting', async () => {
    await failure(new FakeTransport({ outcome: () => ({ kind: 'notSent', reason: 'gone' }) }));
    await stage.ledger.request('spring', 'pause');
    const other = sqliteLedger({ client: 'kaldi', dir: stage.dir });
    const slow = new FakeTransport({ check: () => void other.request('spring', 'cancel') });
    expect(await failure(slow)).toMatchObject({ code: 'CAMPAIGN_CANCELLED' });
    await other.close();
    expect(slow.batches).toBe(0);
  });

  it('looks every few seconds for a wish of the operator while it waits for those put off', async () => {
    const waits: number[] = [];
    const transport = new FakeTransport({ outcome: () => ({ kind: 'deferred', reason: '451' }) });
    const sleep = async (ms: number) => {
      waits.push(ms);
      stage.pass(ms);
      if (waits.length === 3) await stage.ledger.request('spring', 'cancel');
    };
    expect(await run(transport, { sleep })).toMatchObject({
      state: 'cancelled',
      planned: 10,
      balanced: true,
    });
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
    expect(waits).toHaveLength(3);
  });

  it('finishes what is in flight at Ctrl-C, begins nothing else, and says how to go on', async () => {
    const abort = new AbortController();
    const transport = new FakeTransport({ onBatch: () => abort.abort() });
    const error = await failure(transport, { audience: audienceOf(people(20)), signal: abort.signal });
    expect(error).toMatchObject({
      code: 'SEND_INTERRUPTED',
      exitCode: 75,
      details: { accepted: 6, planned: 14, sending: 0, inDoubt: 0, balanced: true },
    });
  });

  it('lets what is in flight come back by the real clock after Ctrl-C', async () => {
    const stop = new AbortController();
    const slow = new FakeTransport({
      onBatch: () => {
        stop.abort();
        return new Promise((resolve) => setTimeout(resolve, 5));
      },
    });
    const sleep: SendOptions['sleep'] = (ms, signal) => wait(ms, undefined, { signal }).catch(() => {});
    const error = await failure(slow, { sleep, signal: stop.signal });
    expect(error).toMatchObject({ code: 'SEND_INTERRUPTED' });
    expect(await standing()).toMatchObject({ sending: 0, inDoubt: 0, accepted: 6, planned: 4 });
  });

  it('stops when the hours end, with the rest still planned', async () => {
    let asked = 0;
    const gate = () => {
      if (++asked > 4)
        throw fail('OUTSIDE_HOURS', {
          client: 'kaldi',
          what: 'Sending',
          rule: 'policy.sending.hours',
          allowed: '',
          now: '',
          next: '',
        });
    };
    const error = await failure(new FakeTransport({ concurrency: 1 }), { gate });
    expect(error).toMatchObject({ code: 'SEND_WINDOW_CLOSED', exitCode: 75 });
    expect(await standing()).toMatchObject({ state: 'stopped', accepted: 6, planned: 4, balanced: true });
  });

  it('pauses at a word from another process, and goes on at the next', async () => {
    const transport = new FakeTransport({
      concurrency: 1,
      onBatch: async () => stage.ledger.request('spring', 'pause'),
    });
    expect(await run(transport)).toMatchObject({ state: 'paused', accepted: 3, planned: 7 });
    expect(await run(new FakeTransport(), { audience: undefined })).toMatchObject({
      state: 'finished',
      accepted: 10,
    });
  });

  it('never goes on with what was cancelled', async () => {
    const transport = new FakeTransport({
      concurrency: 1,
      onBatch: async () => stage.ledger.request('spring', 'cancel'),
    });
    expect(await run(transport)).toMatchObject({
      state: 'cancelled',
      accepted: 3,
      planned: 7,
      balanced: true,
    });
    expect(await failure(new FakeTransport())).toMatchObject({ code: 'CAMPAIGN_CANCELLED', exitCode: 77 });
  });
});
