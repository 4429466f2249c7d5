import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/campaign/message.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { openMailroom } from '../../../src/delivery/mailroom.ts';
import { escapeHtml, message, recipient, slotText } from '../fixtures.ts';

const clock = fixedClock('2026-03-04T09:05:06Z');
const mailFor = (of: Message, who = recipient(1)) => openMailroom(new Map([['en', of]]), clock).mailFor(who);
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const headersOf = (bytes: Uint8Array) => textOf(bytes).split('\r\n\r\n')[0] ?? '';

/** What every reader makes of line ends. A field is a text of its own: its last CR and a following LF are two. */
const normal = (text: string) => text.toWellFormed().replace(/\r\n|\r/g, '\n');
/** postal-mime ends each text with a line end of its own. */
const read = (text: string | undefined) => normal(text ?? '').replace(/\n$/, '');
const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

describe('a composed message', () => {
  it('has the headers that a promotion needs, each once', () => {
    const mail = mailFor(message({ replyTo: 'office@kaldi.example' }));
    const headers = headersOf(mail.bytes()).replace(/\r\n /g, ' ').split('\r\n');
    expect(headers).toEqual([
      'From: Kaldi Coffee <news@kaldi.example>',
      'Reply-To: <office@kaldi.example>',
      'List-ID: Kaldi Coffee <kaldi.kaldi.example>',
      'To: <person1@example.com>',
      'Subject: Spring blends, Name 1',
      'Date: Wed, 4 Mar 2026 09:05:06 +0000',
      `Message-ID: <${mail.messageId}>`,
      `List-Unsubscribe: <mailto:news@kaldi.example?subject=unsubscribe%20${mail.recipient.id}>`,
      'MIME-Version: 1.0',
      expect.stringMatching(/^Content-Type: multipart\/alternative; boundary="=_alt_[0-9a-f]+"$/),
    ]);
  });

  it('has the same Message-ID for one campaign and recipient at any time, and another for any other', () => {
    const id = (campaign: string, n: number) => mailFor(message({ campaign }), recipient(n)).messageId;
    expect(id('spring', 1)).toBe(id('spring', 1));
    expect(new Set([id('spring', 1), id('spring', 2), id('autumn', 1)]).size).toBe(3);
  });

  it('writes a sender and domain in any script', async () => {
    const of = message({ from: { name: 'Kafejnīca "Rīts", SIA', email: 'sveiki@rīts.example' } });
    const parsed = await PostalMime.parse(mailFor(of).bytes());
    expect(parsed.from).toEqual({ name: 'Kafejnīca "Rīts", SIA', address: 'sveiki@xn--rts-uta.example' });
  });

  it.each([
    'Limited Liability Company for the Baking of Bread and Pastry, Riga',
    'A '.repeat(400).trim(),
    'x'.repeat(900),
    'ā'.repeat(300),
    '=?utf-8?q?Bank?= of Riga',
    'Comma, <angle@example.org> "quote"',
  ])('keeps the sender’s name to lines and words that every reader decodes: %s', async (name) => {
    const subject = slotText(`${'ļ'.repeat(80)} {{first_name}}`);
    const bytes = mailFor(message({ subject, from: { name, email: 'news@kaldi.example' } })).bytes();
    const headers = headersOf(bytes);
    for (const line of headers.split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(998);
      if (line.includes('=?')) expect(line.length, line).toBeLessThanOrEqual(76);
    }
    for (const word of headers.match(/=\?\S+\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
    expect((await PostalMime.parse(bytes)).from).toEqual({ name, address: 'news@kaldi.example' });
  });

  it('carries attachments and the pictures of its HTML, byte for byte', async () => {
    const picture = Uint8Array.from({ length: 300 }, (_, n) => n % 256);
    const file = Buffer.from('menu');
    const parsed = await PostalMime.parse(
      mailFor(
        message({
          attachments: [
            { filename: 'logo.png', contentType: 'image/png', content: picture, cid: 'logo@kaldi' },
            { filename: 'Ēdienkarte (jauna).txt', contentType: 'text/plain', content: file },
          ],
        }),
      ).bytes(),
    );
    const attachments = parsed.attachments.map(({ filename, mimeType, contentId, disposition, content }) => ({
      filename,
      mimeType,
      contentId,
      disposition,
      content: Buffer.from(content as ArrayBuffer),
    }));
    expect(attachments).toEqual([
      {
        filename: 'logo.png',
        mimeType: 'image/png',
        contentId: '<logo@kaldi>',
        disposition: 'inline',
        content: Buffer.from(picture),
      },
      {
        filename: 'Ēdienkarte (jauna).txt',
        mimeType: 'text/plain',
        contentId: undefined,
        disposition: 'attachment',
        content: file,
      },
    ]);
    expect(parsed.html).toContain('Hello Name 1');
    expect(parsed.text).toContain('Hello Name 1');
  });

  it.each([
    'two@example.com, other@example.com',
    'a@example.com\r\nBcc: other@example.com',
    'a@example.com> <other@example.com',
    'name <a@example.com>',
    'a b@example.com',
    '@example.com',
    'a@',
    'a@exam ple.com',
    '',
  ])('refuses to be written to %j', (address) => {
    expect(() => mailFor(message(), recipient(1, { address })).bytes()).toThrow(TypeError);
  });

  it('says to one recipient, the intended one, exactly what was meant, whatever the fields hold', async () => {
    const nasty = fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.constantFrom(
        'x\r\nBcc: victim@example.org',
        '\r\n.\r\nMAIL FROM:<a@example.org>',
        '\n\n--=_alt_0000\nContent-Type: text/html',
        '=?UTF-8?B?AAAA?=',
        '. \t \r\n.From \n From me',
        ' '.repeat(300),
        'ā'.repeat(200),
        'x'.repeat(2000),
        '=3D=\r\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (first, second, city) => {
        const of = message({
          subject: slotText('Spring {{first}} {{second}}'),
          html: slotText('<p title="{{first}}">{{second}}\n{{city}}</p>{{first}}{{city}} ', escapeHtml),
          text: slotText('{{first}}{{second}} - \n{{city}}.{{first}}'),
        });
        const who = recipient(7, { fields: { first, second, city } });
        const bytes = mailFor(of, who).bytes();

        const raw = textOf(bytes);
        expect(raw.split('\r\n').every((line) => Buffer.byteLength(line) <= 200)).toBe(true);
        expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);

        const parsed = await PostalMime.parse(bytes);
        expect(parsed.to).toEqual([{ name: '', address: who.address }]);
        expect([parsed.cc, parsed.bcc]).toEqual([undefined, undefined]);
        expect(parsed.headers.map(({ key }) => key).sort()).toEqual([
          'content-type',
          'date',
          'from',
          'list-id',
          'list-unsubscribe',
          'message-id',
          'mime-version',
          'subject',
          'to',
        ]);
        expect(oneLine(parsed.subject ?? '')).toBe(oneLine(`Spring ${first} ${second}`));
        expect(parsed.attachments).toEqual([]);
        const h = escapeHtml;
        const [f, s, c] = [normal(first), normal(second), normal(city)];
        expect(read(parsed.text)).toBe(`${f}${s} - \n${c}.${f}`);
        expect(read(parsed.html)).toBe(`<p title="${h(f)}">${h(s)}\n${h(c)}</p>${h(f)}${h(c)} `);
      }),
      { numRuns: 1000 },
    );
  });
});
