import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { fail } from '../../src/core/errors/index.ts';
import { finish } from '../../src/core/progress.ts';
import { openMailroom } from '../../src/delivery/mailroom.ts';
import { sendTestMail } from '../../src/delivery/test-mail.ts';
import type { Mail } from '../../src/delivery/transport.ts';
import { FakeTransport } from '../support/fake-transport.ts';
import { message, recipient } from './fixtures.ts';

const clock = fixedClock('2026-03-02T10:00:00Z');

describe('the mailroom', () => {
  const room = openMailroom(
    new Map([
      ['lv', message({ language: 'lv' })],
      ['en', message({ language: 'en' })],
    ]),
    clock,
  );

  it('writes in the language of the recipient, or else in the main one', () => {
    const languageOf = (language?: string) =>
      room.mailFor(recipient(1, language === undefined ? {} : { language })).message.language;
    expect([languageOf('en'), languageOf('lv'), languageOf('de'), languageOf()]).toEqual([
      'en',
      'lv',
      'lv',
      'lv',
    ]);
  });

  it('takes a neighbour of the language before the main one', () => {
    const regional = openMailroom(
      new Map([
        ['lv', message({ language: 'lv' })],
        ['en-GB', message({ language: 'en-GB' })],
        ['de', message({ language: 'de' })],
      ]),
      clock,
    );
    const languageOf = (language: string) => regional.mailFor(recipient(1, { language })).message.language;
    expect(['en', 'en-US', 'de-AT', 'ru'].map(languageOf)).toEqual(['en-GB', 'en-GB', 'de', 'lv']);
  });

  it("adds the fields that are sec's own, which no column can replace", () => {
    const who = recipient(1, {
      fields: { first_name: 'Anna', email: 'x', unsubscribe_url: 'https://evil.example' },
    });
    const odd = openMailroom(
      new Map([['en', message({ unsubscribeMailbox: 'a?b&c@kaldi.example' })]]),
      clock,
    );
    expect(odd.mailFor(who).fields).toEqual({
      first_name: 'Anna',
      email: who.address,
      recipient_id: who.id,
      unsubscribe_url: `mailto:a%3Fb%26c@kaldi.example?subject=unsubscribe%20${who.id}`,
    });
  });
});

describe('a test mail', () => {
  const send = (transport: FakeTransport, to = 'office@example.com') =>
    finish(sendTestMail(message(), to, { transport, clock }));

  it("is one copy with nobody's data in it", async () => {
    const mails: Mail[] = [];
    const transport = new FakeTransport({ onBatch: (batch) => void mails.push(...batch) });
    expect(await send(transport)).toMatchObject({ subject: '[TEST] Spring blends, [first name]' });
    expect(mails.map((mail) => mail.recipient.address)).toEqual(['office@example.com']);
  });

  it('says that it was refused, or could not be addressed', async () => {
    const refusing = new FakeTransport({ outcome: () => ({ kind: 'rejected', reason: '550 no such user' }) });
    await expect(send(refusing)).rejects.toMatchObject({ code: 'TEST_REFUSED', exitCode: 69 });
    const gone = new FakeTransport({
      check: () => {
        throw fail('TRANSPORT_UNREACHABLE', { transport: 'fake:', problem: 'nobody answers' });
      },
    });
    await expect(send(gone)).rejects.toMatchObject({ code: 'TRANSPORT_UNREACHABLE' });
  });
});
