import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/audience/audience.ts';
import { fail } from '../../../src/core/errors/index.ts';
import type { SendOptions } from '../../../src/delivery/send.ts';
import { FakeTransport } from '../../support/fake-transport.ts';
import { message } from '../fixtures.ts';
import { audienceOf, people, sendingStage } from './stage.ts';

describe('sending a campaign', () => {
  const stage = sendingStage();
  const { run, failure, standing } = stage;

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
    [
      'everybody is suppressed',
      { suppression: { suppressedOf: (keys) => new Set(keys) } },
      'AUDIENCE_EMPTY',
      65,
    ],
    [
      'the suppressions cannot be read',
      {
        suppression: {
          suppressedOf: () => {
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
    expect(await stage.ledger.campaign('spring')).toBeUndefined();
  });

  it('says that the record was tampered with instead of sending on', async () => {
    const transport = new FakeTransport({ concurrency: 1, onBatch: async () => tamper() });
    const { DatabaseSync } = await import('node:sqlite');
    const tamper = () => {
      const database = new DatabaseSync(join(stage.dir, 'ledger.sqlite'));
      database.exec("DELETE FROM delivery WHERE id = (SELECT max(id) FROM delivery WHERE state = 'planned')");
      database.close();
    };
    expect(await failure(transport, { audience: audienceOf(people(30)) })).toMatchObject({
      code: 'LEDGER_UNBALANCED',
    });
  });
});
