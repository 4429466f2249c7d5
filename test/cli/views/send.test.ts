import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { doubtsView } from '../../../src/cli/views/send-doubts.ts';
import { sendPlanView } from '../../../src/cli/views/send-plan.ts';
import { alreadySentView, controlView, receiptView } from '../../../src/cli/views/send-receipt.ts';
import { receiptOf, type SendReceipt } from '../../../src/delivery/receipt.ts';
import { nobody } from '../../../src/delivery/tally.ts';
import { message } from '../../delivery/fixtures.ts';

const receipt = (over: Partial<SendReceipt> = {}): SendReceipt => {
  const tally = {
    ...nobody,
    candidates: 1204,
    excluded: { suppressed: 1, duplicate: 3, invalid: 0, segment: 0 },
    accepted: 1200,
  };
  return {
    ...receiptOf({
      client: 'kaldi',
      campaign: 'spring',
      state: 'finished',
      tally,
      requests: 1200,
      durationMs: 3200,
    }),
    ...over,
  };
};
const plain = (text: string) => stripVTControlCharacters(text);

describe('what a person reads of a send', () => {
  it('accounts for everybody', () => {
    expect(
      plain(receiptView(receipt())),
    ).toBe(`✓ kaldi / spring: finished; everybody was written to who should be

    1,204  candidates  rows of the list
  =     4  excluded    1 who wants no mail, 3 twice in the list
  +     0  planned
  +     0  sending
  + 1,200  accepted    taken by the mail server
  +     0  rejected
  +     0  in doubt

  The figures add up: everybody is accounted for once.
  This took 3.2 s.
`);
  });

  it('says what to do next', () => {
    const stopped = plain(receiptView(receipt({ state: 'stopped', planned: 7, inDoubt: 2 })));
    expect(stopped).toContain('sec promo resume kaldi spring');
    expect(stopped).toContain('sec promo resolve kaldi spring');
    expect(plain(receiptView(receipt({ state: 'unsent' })))).toContain('sec promo send kaldi spring');
    expect(plain(receiptView(receipt({ state: 'stopped', sending: 5 })))).toContain('5 were in flight');
    expect(plain(controlView(receipt({ state: 'sending' }), 'pause'))).toContain('told to pause');
    expect(plain(alreadySentView(receipt()))).toMatch(/^• Nothing was sent/);
  });

  it('says when it begins, until it has begun', () => {
    const begins = Temporal.Instant.from('2026-12-24T07:00:00Z');
    const told = (state: SendReceipt['state'], accepted: number) => {
      const tally = { ...nobody, candidates: 5, planned: 5 - accepted, accepted };
      const of = { client: 'kaldi', campaign: 'spring', tally, begins, requests: 0, durationMs: 0 };
      const one = receiptOf({ ...of, state });
      return [one.begins, plain(receiptView(one, 'Europe/Riga')).split('\n')[0]];
    };
    const at = '2026-12-24 09:00 (Europe/Riga)';
    const [iso, head] = ['2026-12-24T07:00:00Z', '• kaldi / spring:'];
    expect(told('sending', 0)).toEqual([iso, `${head} waits to begin at ${at}`]);
    expect(told('waiting', 0)).toEqual([iso, `${head} left to the workers, to begin at ${at}`]);
    expect(told('sending', 1)).toEqual([undefined, `${head} being sent at this moment`]);
    expect(told('cancelled', 0)[1]).toBe(`${head} cancelled; nobody else will be written to`);
  });

  it('warns when the figures do not add up', () => {
    expect(plain(receiptView(receipt({ balanced: false })))).toMatch(/^✗[\s\S]*do not add up/);
  });

  it('shows the plan before the question', () => {
    const text = sendPlanView({
      clientName: 'Kaldi Coffee',
      campaign: 'spring',
      messages: new Map([['en', message()]]),
      transport: 'smtp://127.0.0.1:2525',
      list: 'customers',
      basis: 'consent',
      tally: { ...nobody, candidates: 3, planned: 2, excluded: { ...nobody.excluded, invalid: 1 } },
    });
    expect(plain(text)).toBe(`spring of Kaldi Coffee
  subject  Spring blends, …
  from     Kaldi Coffee <news@kaldi.example>
  through  smtp://127.0.0.1:2525
  list     customers (they agreed to it)
  to       2 people
  not to   1 without a usable address
`);
  });

  it("names those in doubt, with the time on the client's clock", () => {
    const doubts = [
      {
        id: 'a1',
        address: 'anna@example.com',
        reason: 'the connection broke',
        since: Temporal.Instant.from('2026-03-02T10:00:00Z'),
      },
    ];
    const text = plain(doubtsView({ client: 'kaldi', campaign: 'spring', timezone: 'Europe/Riga', doubts }));
    expect(text).toContain('1 person is in doubt');
    expect(text).toContain('anna@example.com  2026-03-02 12:00  the connection broke');
    expect(plain(doubtsView({ client: 'kaldi', campaign: 'spring', timezone: 'UTC', doubts: [] }))).toContain(
      'nobody is in doubt',
    );
  });
});
