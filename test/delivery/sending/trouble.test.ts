import { describe, expect, it } from 'vitest';
import type { AudienceSource } from '../../../src/audience/audience.ts';
import { fail } from '../../../src/core/errors/index.ts';
import type { Ledger } from '../../../src/delivery/ledger.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { sendCampaign } from '../../../src/delivery/send.ts';
import { accepted, FakeTransport } from '../../support/fake-transport.ts';
import { message, recipient } from '../fixtures.ts';
import { address, audienceOf, people, START, sendingStage } from './stage.ts';

describe('a send that runs into trouble', () => {
  const stage = sendingStage();
  const { options, run, failure, standing } = stage;

  it('records nothing when the server is not there', async () => {
    const transport = new FakeTransport({
      check: () => {
        throw fail('TRANSPORT_UNREACHABLE', { transport: 'fake:', problem: 'nobody answers' });
      },
    });
    expect(await failure(transport)).toMatchObject({ code: 'TRANSPORT_UNREACHABLE', exitCode: 69 });
    expect(await stage.ledger.campaign('spring')).toBeUndefined();
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
    expect(await stage.ledger.campaign('spring')).toBeUndefined();
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
    expect(await stage.ledger.campaign('spring')).toBeUndefined();
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
    const receipt = await run(transport, {
      suppression: { suppressedOf: (keys) => new Set(keys.filter((key) => gone.has(key))) },
    });
    expect(receipt).toMatchObject({ accepted: 9, excluded: { suppressed: 1 }, balanced: true });
    expect(transport.taken.has(address(9))).toBe(false);
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
    expect(stage.now.since(START).total('milliseconds')).toBeGreaterThan(0);
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
    expect(stage.now.since(START).total('milliseconds')).toBe(5000);
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
      ...stage.ledger,
      async write(campaign, at) {
        const writer = await stage.ledger.write(campaign, at);
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
});
