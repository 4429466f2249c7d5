import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import type { AudienceSource, Candidate } from '../../src/audience/audience.ts';
import { fail, isSecError } from '../../src/core/errors/index.ts';
import { finish } from '../../src/core/progress.ts';
import type { Ledger } from '../../src/delivery/ledger.ts';
import type { Outcome } from '../../src/delivery/outcome.ts';
import { type SendOptions, sendCampaign, standingReceipt } from '../../src/delivery/send.ts';
import { accepted, FakeTransport } from '../support/fake-transport.ts';
import { message, recipient } from './fixtures.ts';

const START = Temporal.Instant.from('2026-03-02T10:00:00Z');

const people = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'recipient', recipient: recipient(n) }));

const audienceOf = (candidates: readonly Candidate[], list = 'customers'): AudienceSource => ({
  client: 'kaldi',
  list,
  basis: 'customer',
  columns: ['first_name'],
  async *candidates() {
    yield* candidates;
  },
});

describe('sending a campaign', () => {
  let dir: string;
  let ledger: Ledger;
  let now = START;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sec-send-'));
    ledger = sqliteLedger({ client: 'kaldi', dir });
    now = START;
  });
  afterEach(async () => {
    await ledger.close();
    await rm(dir, { recursive: true });
  });

  const options = (transport: FakeTransport, over: Partial<SendOptions> = {}): SendOptions => ({
    client: 'kaldi',
    campaign: 'spring',
    messages: new Map([['en', message()]]),
    audience: audienceOf(people(10)),
    ledger,
    suppression: { isSuppressed: () => false },
    openTransport: async () => transport,
    gate: () => {},
    clock: { now: () => now },
    sleep: async (ms) => {
      now = now.add({ milliseconds: Math.ceil(ms) });
    },
    signal: new AbortController().signal,
    ...over,
  });
  const run = (transport: FakeTransport, over: Partial<SendOptions> = {}) =>
    finish(sendCampaign(options(transport, over)));
  const failure = async (transport: FakeTransport, over: Partial<SendOptions> = {}) => {
    const error: unknown = await run(transport, over).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!isSecError(error)) throw new Error(`a SecError was expected, not ${error}`);
    return error;
  };
  const standing = () => standingReceipt(ledger, 'kaldi', 'spring', Temporal.Duration.from({ seconds: 0 }));
  const address = (n: number) => recipient(n).address;

  it('reaches everybody once and accounts for each row', async () => {
    const transport = new FakeTransport();
    const candidates: Candidate[] = [...people(10), { kind: 'excluded', reason: 'invalid', line: 12 }];
    const receipt = await run(transport, { audience: audienceOf(candidates) });
    expect(receipt).toEqual({
      client: 'kaldi',
      campaign: 'spring',
      state: 'finished',
      candidates: 11,
      excluded: { suppressed: 0, duplicate: 0, invalid: 1, segment: 0 },
      planned: 0,
      sending: 0,
      accepted: 10,
      rejected: 0,
      inDoubt: 0,
      balanced: true,
      requests: 4,
      durationMs: 0,
    });
    expect([...transport.taken.values()]).toEqual(Array(10).fill(1));
    expect(transport.isClosed).toBe(true);
  });

  it('sends nothing a second time, whatever has come to the list since', async () => {
    await run(new FakeTransport());
    const again = new FakeTransport();
    const receipt = await run(again, { audience: audienceOf(people(12)) });
    expect(receipt).toMatchObject({ state: 'finished', candidates: 10, accepted: 10 });
    expect(again.batches).toBe(0);
  });

  it('keeps a campaign to the people and the message it began with', async () => {
    const gone = new FakeTransport({ outcome: () => ({ kind: 'notSent', reason: 'gone' }) });
    await failure(gone);
    const other = new FakeTransport();
    const wrongList = await failure(other, { audience: audienceOf(people(2), 'others') });
    expect(wrongList).toMatchObject({ code: 'AUDIENCE_FROZEN', exitCode: 77 });
    const changed = message({ digest: 'f'.repeat(64) });
    const wrongText = await failure(other, { messages: new Map([['en', changed]]) });
    expect(wrongText).toMatchObject({ code: 'MESSAGE_CHANGED', exitCode: 77 });
    expect(other.batches).toBe(0);
    expect(await standing()).toMatchObject({ planned: 10, balanced: true });
  });

  it.each<[string, Partial<SendOptions>, string, number]>([
    [
      'the rules refuse',
      {
        gate: () => {
          throw fail('APPROVAL_MISSING', {
            client: 'kaldi',
            subject: 'It',
            rule: 'policy.approval.campaign',
            approvers: [],
            ask: 'sec approval request kaldi spring',
          });
        },
      },
      'APPROVAL_MISSING',
      77,
    ],
    ['the list is empty', { audience: audienceOf([]) }, 'AUDIENCE_EMPTY', 65],
    ['everybody is suppressed', { suppression: { isSuppressed: () => true } }, 'AUDIENCE_EMPTY', 65],
    [
      'the suppressions cannot be read',
      {
        suppression: {
          isSuppressed: () => {
            throw new Error('locked');
          },
        },
      },
      'AUDIENCE_EMPTY',
      65,
    ],
    ['there is nobody to go on with', { audience: undefined }, 'CAMPAIGN_NOT_SENT', 2],
  ])('records nothing when %s', async (_what, over, code, exitCode) => {
    const transport = new FakeTransport();
    expect(await failure(transport, over)).toMatchObject({ code, exitCode });
    expect(transport.batches).toBe(0);
    expect(await ledger.campaign('spring')).toBeUndefined();
  });

  it('records nothing when the server is not there', async () => {
    const transport = new FakeTransport({
      check: () => {
        throw fail('TRANSPORT_UNREACHABLE', { transport: 'fake:', problem: 'nobody answers' });
      },
    });
    expect(await failure(transport)).toMatchObject({ code: 'TRANSPORT_UNREACHABLE', exitCode: 69 });
    expect(await ledger.campaign('spring')).toBeUndefined();
    expect(transport.isClosed).toBe(true);
  });

  it.each([
    'ziņas@kaldi.example',
    'news@kaldi_example',
    `${'n'.repeat(300)}@kaldi.example`,
    'a"b@kaldi.example',
  ])('records nothing where no mail can come from the sender: %s', async (email) => {
    const transport = new FakeTransport();
    for (const over of [{ from: { name: 'Kaldi', email } }, { replyTo: email }]) {
      const messages = new Map([['en', message(over)]]);
      expect(await failure(transport, { messages })).toMatchObject({ code: 'SENDER_UNUSABLE', exitCode: 78 });
    }
    expect(transport.batches).toBe(0);
    expect(await ledger.campaign('spring')).toBeUndefined();
  });

  it('records nothing when the list changed after it was shown', async () => {
    let reads = 0;
    const audience: AudienceSource = {
      ...audienceOf([]),
      async *candidates() {
        yield* people(reads++ === 0 ? 5 : 6);
      },
    };
    expect(await failure(new FakeTransport(), { audience })).toMatchObject({ code: 'AUDIENCE_CHANGED' });
    expect(await ledger.campaign('spring')).toBeUndefined();
  });

  it('writes off nobody when a server refuses everybody from the start', async () => {
    const transport = new FakeTransport({
      batchSize: 8,
      outcome: () => ({ kind: 'rejected', reason: '554 5.7.1 relay access denied' }),
    });
    const error = await failure(transport, { audience: audienceOf(people(40)) });
    expect(error).toMatchObject({ code: 'TRANSPORT_REFUSED', exitCode: 69 });
    expect(error.message).toContain('relay access denied');
    expect(await standing()).toMatchObject({ planned: 40, rejected: 0, balanced: true });
  });

  it('writes off those whose mailboxes are not there, also when they come first', async () => {
    const transport = new FakeTransport({
      outcome: ({ recipient: { id } }) =>
        people(8).some((p) => p.kind === 'recipient' && p.recipient.id === id)
          ? { kind: 'rejected', reason: '550 5.1.1 no such user' }
          : accepted,
    });
    expect(await run(transport)).toMatchObject({ state: 'finished', rejected: 8, accepted: 2 });
  });

  it('stops when the server disappears half-way, and goes on when it is back', async () => {
    let left = 7;
    const transport = new FakeTransport({
      outcome: () => {
        left--;
        if (left > 0) return accepted;
        return left === 0
          ? { kind: 'inDoubt', reason: 'reset' }
          : { kind: 'notSent', reason: 'nobody there' };
      },
    });
    const error = await failure(transport, { audience: audienceOf(people(20)) });
    expect(error).toMatchObject({
      code: 'SEND_STOPPED',
      exitCode: 75,
      details: { accepted: 6, inDoubt: 1, planned: 13, balanced: true, state: 'stopped' },
    });
    expect(error.hint).toContain('sec promo resume kaldi spring');
    const back = new FakeTransport();
    expect(await run(back, { audience: undefined })).toMatchObject({
      state: 'finished',
      accepted: 19,
      inDoubt: 1,
    });
    for (const [who] of back.taken) expect(transport.taken.has(who)).toBe(false);
  });

  it('asks the suppressions again at the moment of each claim', async () => {
    const gone = new Set<string>();
    const transport = new FakeTransport({ concurrency: 1, onBatch: () => void gone.add(recipient(9).key) });
    const receipt = await run(transport, { suppression: { isSuppressed: (key) => gone.has(key) } });
    expect(receipt).toMatchObject({ accepted: 9, excluded: { suppressed: 1 }, balanced: true });
    expect(transport.taken.has(address(9))).toBe(false);
  });

  it('does not go on with what was cancelled while it was connecting', async () => {
    await failure(new FakeTransport({ outcome: () => ({ kind: 'notSent', reason: 'gone' }) }));
    await ledger.request('spring', 'pause');
    const other = sqliteLedger({ client: 'kaldi', dir });
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
      now = now.add({ milliseconds: Math.ceil(ms) });
      if (waits.length === 3) await ledger.request('spring', 'cancel');
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

  it('offers those put off again, after a wait', async () => {
    const tries = new Map<string, number>();
    const transport = new FakeTransport({
      outcome: ({ recipient: { id } }) => {
        tries.set(id, (tries.get(id) ?? 0) + 1);
        return tries.get(id) === 1 && id === recipient(2).id ? { kind: 'deferred', reason: '451' } : accepted;
      },
    });
    expect(await run(transport)).toMatchObject({ accepted: 10, planned: 0 });
    expect(now.since(START).total('milliseconds')).toBeGreaterThan(0);
  });

  it('tells on the way what did not go as it should', async () => {
    const outcomes: Outcome[] = [
      accepted,
      { kind: 'rejected', reason: '550' },
      { kind: 'inDoubt', reason: 'reset' },
      accepted,
    ];
    let n = 0;
    const transport = new FakeTransport({ batchSize: 4, outcome: () => outcomes[n++] ?? accepted });
    const told: string[] = [];
    for await (const event of sendCampaign(options(transport)))
      told.push(
        event.kind === 'tick' ? `${event.done} of ${event.total} ${event.note ?? ''}`.trim() : event.kind,
      );
    expect(told).toEqual([
      'step',
      '10 of undefined',
      'step',
      'step',
      'step',
      '0 of 10',
      '8 of 10 1 refused, 1 in doubt',
      '10 of 10 1 refused, 1 in doubt',
    ]);
  });

  it('rests as long as the other side asks, and then goes on', async () => {
    let asked = 0;
    const transport = new FakeTransport({
      concurrency: 1,
      outcome: () => (asked === 1 ? { kind: 'notSent', reason: '429' } : accepted),
      onBatch: () => void asked++,
      pauseMs: () => (asked === 1 ? 5000 : undefined),
    });
    expect(await run(transport)).toMatchObject({ accepted: 10 });
    expect(now.since(START).total('milliseconds')).toBe(5000);
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
      onBatch: async () => ledger.request('spring', 'pause'),
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
      onBatch: async () => ledger.request('spring', 'cancel'),
    });
    expect(await run(transport)).toMatchObject({
      state: 'cancelled',
      accepted: 3,
      planned: 7,
      balanced: true,
    });
    expect(await failure(new FakeTransport())).toMatchObject({ code: 'CAMPAIGN_CANCELLED', exitCode: 77 });
  });

  it('takes a transport that throws for one that may have sent the chunk', async () => {
    const transport = new FakeTransport({
      onBatch: (batch) => {
        for (const mail of batch) transport.take(mail);
        throw new Error('a bug');
      },
    });
    expect(await failure(transport)).toMatchObject({
      code: 'SEND_STOPPED',
      details: { inDoubt: 6, planned: 4 },
    });
  });

  it('records what came back also where the disk refused it the first time', async () => {
    let refused = 0;
    const failing: Ledger = {
      ...ledger,
      async write(campaign, at) {
        const writer = await ledger.write(campaign, at);
        return {
          ...writer,
          async turn(turn) {
            if (turn.settle.length > 0 && refused++ === 0)
              throw fail('IO_FAILED', { problem: 'the disk is full' });
            return writer.turn(turn);
          },
        };
      },
    };
    const transport = new FakeTransport();
    expect(await failure(transport, { ledger: failing })).toMatchObject({ code: 'IO_FAILED', exitCode: 74 });
    expect(await standing()).toMatchObject({ sending: 0, accepted: transport.taken.size, balanced: true });
    expect(transport.taken.size).toBeGreaterThan(0);
  });

  it('says that the record was tampered with instead of sending on', async () => {
    const transport = new FakeTransport({ concurrency: 1, onBatch: async () => tamper() });
    const { DatabaseSync } = await import('node:sqlite');
    const tamper = () => {
      const database = new DatabaseSync(join(dir, 'ledger.sqlite'));
      database.exec("DELETE FROM delivery WHERE id = (SELECT max(id) FROM delivery WHERE state = 'planned')");
      database.close();
    };
    expect(await failure(transport, { audience: audienceOf(people(30)) })).toMatchObject({
      code: 'LEDGER_UNBALANCED',
    });
  });

  it('accounts for everybody and doubles nobody, whatever servers and crashes do', async () => {
    const kinds = fc.constantFrom<Outcome['kind']>('accepted', 'rejected', 'deferred', 'notSent', 'inDoubt');
    /** Each run: what comes of each mail in turn, after how many batches the process dies, and what it took by then. */
    const life = fc.record({
      kinds: fc.array(kinds, { minLength: 1, maxLength: 25 }),
      dies: fc.option(fc.nat(6)),
      tookBeforeDeath: fc.boolean(),
      concurrency: fc.integer({ min: 1, max: 3 }),
    });
    let trial = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 25 }),
        fc.array(life, { maxLength: 6 }),
        async (count, lives) => {
          const campaign = `trial-${trial++}`;
          const total = new Map<string, number>();
          const tookOf = (transport: FakeTransport) => {
            for (const [who, times] of transport.taken) total.set(who, (total.get(who) ?? 0) + times);
          };
          for (const one of [
            ...lives,
            { kinds: ['accepted' as const], dies: null, tookBeforeDeath: false, concurrency: 2 },
          ]) {
            const own = sqliteLedger({ client: 'kaldi', dir });
            let n = 0;
            const transport = new FakeTransport({
              concurrency: one.concurrency,
              outcome: (mail) => {
                const kind = one.kinds[n++ % one.kinds.length] ?? 'accepted';
                if (kind === 'accepted') return accepted;
                // One of two in doubt was taken all the same.
                if (kind === 'inDoubt' && n % 2 === 0) transport.take(mail);
                return { kind, reason: 'because' };
              },
              onBatch: async (batch) => {
                if (transport.batches <= (one.dies ?? Number.POSITIVE_INFINITY)) return;
                if (one.tookBeforeDeath) for (const mail of batch) transport.take(mail);
                await own.close();
                throw new Error('dead');
              },
            });
            const outcome = await finish(
              sendCampaign(
                options(transport, { campaign, ledger: own, audience: audienceOf(people(count)) }),
              ),
            ).catch((error: unknown) => error);
            tookOf(transport);
            await own.close().catch(() => {});
            const receipt = await standingReceipt(
              ledger,
              'kaldi',
              campaign,
              Temporal.Duration.from({ seconds: 0 }),
            );
            if (receipt.state !== 'unsent')
              expect(receipt, String(outcome)).toMatchObject({ balanced: true, candidates: count });
            if (isSecError(outcome)) expect(['SEND_STOPPED', 'TRANSPORT_REFUSED']).toContain(outcome.code);
          }
          for (const [who, times] of total) expect(times, who).toBe(1);
          const end = await ledger.tally(campaign);
          expect(end).toMatchObject({ planned: 0, sending: 0 });
          const doubts = (await ledger.doubts(campaign)).map((doubt) => doubt.address);
          const undoubted = people(count)
            .flatMap((c) => (c.kind === 'recipient' ? c.recipient.address : []))
            .filter((a) => !doubts.includes(a));
          const taken = undoubted.filter((a) => total.has(a)).length;
          expect(taken).toBe(end.accepted);
        },
      ),
      { numRuns: 60 },
    );
  });
});
