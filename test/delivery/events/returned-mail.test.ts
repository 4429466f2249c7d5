import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { suppressionCause } from '../../../src/delivery/events/event.ts';
import { type Owner, readReturnedMail } from '../../../src/delivery/events/returned-mail.ts';
import { messageToken } from '../../../src/delivery/events/whose.ts';

const ANNA = 'A'.repeat(22);
const now = Temporal.Instant.from('2026-11-21T12:00:00Z');
const owner: Owner = {
  client: 'kaldi',
  campaigns: ['spring', 'autumn'],
  now,
  idOf: (address) => (address.toLowerCase() === 'anna@example.com' ? ANNA : 'B'.repeat(22)),
};

interface Report {
  readonly type?: string;
  readonly fields: string;
  readonly original?: string;
  readonly originalType?: string;
}

const messageId = (campaign = 'spring', client = 'kaldi', id = ANNA) =>
  `<${messageToken(client, campaign, id)}@kaldi.example>`;
const original = (more = '') =>
  `Message-ID: ${messageId()}\nFrom: news@kaldi.example\nSubject: Spring\n${more}`;

const read = async (text: string) =>
  readReturnedMail(
    await PostalMime.parse(text.replaceAll('\n', '\r\n'), { forceRfc822Attachments: true }),
    owner,
  );
const report = ({ type = 'delivery-status', fields, original: text = original(), originalType }: Report) =>
  read(`From: MAILER-DAEMON@mx.example.org
To: news@kaldi.example
Date: Fri, 20 Nov 2026 10:00:00 +0000
Message-ID: <bounce-1@mx.example.org>
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=${type}; boundary="b"

--b
Content-Type: text/plain

It did not arrive.

--b
Content-Type: message/${type}

${fields}

--b
Content-Type: ${originalType ?? 'text/rfc822-headers'}

${text}

--b--
`);

const failed = (status: string, words: string) => `Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; Anna@example.com
Action: failed
Status: ${status}
Diagnostic-Code: smtp; ${words}`;

describe('a bounce', () => {
  it('of a mailbox that is not there takes the recipient off', async () => {
    const returned = await report({ fields: failed('5.1.1', '550 5.1.1 <anna@example.com> no such user') });
    expect(returned).toMatchObject({
      kind: 'event',
      event: {
        kind: 'bounced',
        campaign: 'spring',
        recipient: ANNA,
        isGone: true,
        reason: '550 5.1.1 <…> no such user',
      },
    });
    if (returned.kind === 'event') expect(suppressionCause(returned.event)).toBe('bounced');
  });

  it.each([
    ['a full mailbox', '5.2.2', '552 5.2.2 mailbox full'],
    ['a sender that is not trusted', '5.7.1', '550 5.7.1 rejected as spam'],
    ['a server in trouble', '5.3.0', '554 5.3.0 try again'],
    ['no enhanced code', '5.0.0', '550 no'],
  ])('for %s is recorded and takes nobody off', async (_what, status, words) => {
    const returned = await report({ fields: failed(status, words) });
    expect(returned).toMatchObject({ kind: 'event', event: { kind: 'bounced', isGone: false } });
    if (returned.kind === 'event') expect(suppressionCause(returned.event)).toBeUndefined();
  });

  it('finds the recipient by the header of the original where the report names another mailbox', async () => {
    const header = `List-Unsubscribe: <mailto:news@kaldi.example?subject=unsubscribe%20${ANNA}>\n`;
    const fields = failed('5.1.1', '550 5.1.1 gone').replace(
      'Anna@example.com',
      'forwarded@elsewhere.example',
    );
    expect(
      await report({ fields, original: original(header), originalType: 'message/rfc822' }),
    ).toMatchObject({
      event: { recipient: ANNA, campaign: 'spring' },
    });
  });

  it.each([
    ['another recipient', messageId('spring', 'kaldi', 'C'.repeat(22))],
    ['another client', messageId('spring', 'dentist')],
    ['a campaign that is not ours', messageId('summer')],
    ['no sec at all', '<123@other.example>'],
  ])('with the Message-ID of %s counts for nobody', async (_what, id) => {
    expect(await report({ fields: failed('5.1.1', 'x'), original: `Message-ID: ${id}\nSubject: x` })).toEqual(
      {
        kind: 'foreign',
      },
    );
  });

  it('that is only late is no event', async () => {
    const fields = failed('4.4.1', '451 4.4.1 later').replace('failed', 'delayed');
    expect(await report({ fields })).toEqual({ kind: 'other' });
  });
});

describe('other mails', () => {
  it('a complaint takes the recipient off', async () => {
    const fields =
      'Feedback-Type: abuse\nUser-Agent: provider/1\nVersion: 1\nOriginal-Rcpt-To: anna@example.com';
    expect(await report({ type: 'feedback-report', fields, originalType: 'message/rfc822' })).toMatchObject({
      event: { kind: 'complained', recipient: ANNA },
    });
  });

  it.each([`unsubscribe ${ANNA}`, `Re: unsubscribe ${ANNA}`, `UNSUBSCRIBE  ${ANNA} `])(
    'the subject "%s" unsubscribes',
    async (subject) => {
      expect(await read(`From: a@example.com\nSubject: ${subject}\nMessage-ID: <1@x>\n\n`)).toMatchObject({
        kind: 'event',
        event: { kind: 'unsubscribed', recipient: ANNA },
      });
    },
  );

  it.each(['Spring blends', 'unsubscribe', 'unsubscribe everybody', `please unsubscribe ${ANNA}`])(
    'the subject "%s" is for somebody to read',
    async (subject) => {
      expect(await read(`From: a@example.com\nSubject: ${subject}\n\nHello.`)).toEqual({ kind: 'other' });
    },
  );

  it('takes no date from the future', async () => {
    const returned = await read(
      `From: a@example.com\nDate: Fri, 20 Nov 2099 10:00:00 +0000\nSubject: unsubscribe ${ANNA}\n\n`,
    );
    expect(returned).toMatchObject({ event: { at: now } });
  });
});
