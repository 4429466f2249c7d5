import { describe, expect, it } from 'vitest';
import { fail } from '../../../src/core/errors/index.ts';
import { isOrdinary, tryAgainIn } from '../../../src/delivery/worker/again.ts';

describe('what a worker does after a refusal', () => {
  it('looks again, quietly, while somebody else is at work on the campaign', () => {
    const busy = fail('CAMPAIGN_BUSY', { client: 'kaldi', campaign: 'spring' });
    expect([tryAgainIn(busy), isOrdinary(busy)]).toEqual([5, true]);
  });

  it('leaves to another worker what this machine cannot', () => {
    const other = fail('SUPPRESSION_OTHER_KEY', { whose: 'kaldi', folder: '.sec', problem: 'no key' });
    expect([tryAgainIn(other), isOrdinary(other)]).toEqual([5, false]);
    const lacks = [
      fail('LISTS_KEY_LOST', { client: 'kaldi', problem: 'the key is not on this computer' }),
      fail('VAULT_PASSPHRASE', { client: 'kaldi' }),
      fail('TRANSPORT_INVALID', { transport: 'sendgrid:', problem: 'there is no key', fits: '' }),
      fail('LEDGER_UNKNOWN', { problem: 'it was written by a newer sec' }),
      fail('MESSAGE_CHANGED', { campaign: 'spring', language: 'en', accepted: 1, planned: 1 }),
    ];
    for (const error of lacks)
      expect([0, 1, 9].map((times) => tryAgainIn(error, times))).toEqual([5, 10, 300]);
  });

  it('waits where the other side is away', () => {
    expect(tryAgainIn(fail('LEDGER_UNREACHABLE', { problem: 'no answer' }))).toBe(5);
    expect(
      tryAgainIn(fail('TRANSPORT_UNREACHABLE', { transport: 'smtp://mail.example', problem: 'no' })),
    ).toBe(60);
  });

  it('waits for a person with what the rules or a mistake forbid', () => {
    const late = fail('SCHEDULE_OVERDUE', { client: 'kaldi', campaign: 'spring', at: 'then', late: '2 h' });
    const cancelled = fail('CAMPAIGN_CANCELLED', { campaign: 'spring', planned: 3 });
    const unforeseen = new TypeError('a mistake in sec');
    for (const error of [late, cancelled, unforeseen]) expect(tryAgainIn(error)).toBeUndefined();
  });
});
