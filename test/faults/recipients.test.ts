import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { roomFor, writeLetter } from '../../src/adapters/transports/smtp/letter.ts';
import { Sheets } from '../../src/adapters/transports/smtp/sheets.ts';
import type { Recipient } from '../../src/audience/audience.ts';
import { compileCampaign, openCampaign } from '../../src/cli/context/campaign.ts';
import { openMailroom } from '../../src/delivery/mailroom.ts';
import { makeContext } from '../campaign/workspace.ts';
import { points, seed, seeded } from './seeded.ts';

const brief = `---
subject: 'For {{or first_name "friend"}}, {{token}}'
preheader: '{{or first_name "friend"}}, look'
event: {name: Tasting, begins: 2026-12-05T17:30, place: Shop}
offers: [{name: Sidamo, price: 7.9}]
---
Hello {{#if first_name}}{{first_name}}{{else}}you{{/if}}, your code is {{token}}.
`;

/** What lists hold, and what somebody may have put there to reach others. */
const names = [
  'Anna',
  '',
  'Žanete Ķirse-Šmite',
  'Bo\r\nBcc: victim@example.org',
  'Eva <victim@example.org>, other@example.org',
  '.\r\n.\r\nRCPT TO:<victim@example.org>',
  '=?UTF-8?B?Qmo=?=',
  '{{token}} {{{email}}}',
  '<script>alert(1)</script> & "quoted"',
  'A\u2028To: victim@example.org',
  '--=_alt_0000\r\nContent-Type: text/html',
  '漢字 😀 \u0000 x',
  'long '.repeat(60),
];
const domains = ['example.com', 'mail.example.org', 'xn--psala-l3a7f.example'];

function person(n: number, chance: () => number): Recipient {
  const local = ['p', "o'brien", 'a+b', 'first.last', 'x_y-z', 'P'][Math.floor(chance() * 6)] ?? 'p';
  const address = `${local}${n}@${domains[Math.floor(chance() * domains.length)]}`;
  const first_name = names[Math.floor(chance() * names.length)] ?? '';
  return { id: `id${n}x`, address, key: address.toLowerCase(), fields: { first_name, token: `T${n}x` } };
}

it('every mail has exactly one recipient, the intended one, when it is read back', {
  timeout: 3_600_000,
}, async () => {
  const context = makeContext({ 'campaigns/kaldi/spring/campaign.md': brief });
  const client = await context.client('kaldi');
  const messages = await compileCampaign(context, client, await openCampaign(context, client, 'spring'));
  const room = openMailroom(messages, context.clock);
  const chance = seeded(seed);
  const ids = new Set<string>();
  const sheets = new Sheets();
  const count = points(250);
  for (let n = 0; n < count; n++) {
    const recipient = person(n, chance);
    const { bytes, signed } = room.mailFor(recipient);
    const where = `${n}: ${JSON.stringify(recipient)}`;
    const letter = { ...(await signed()), from: 'news@kaldi.example', to: recipient.address };
    const sheet = sheets.take(roomFor(letter));
    const written = sheet.toString('utf8', 0, writeLetter(letter, sheet)).replace(/^\./gm, '');
    sheets.give(sheet);
    expect(written, where).toBe(Buffer.from(bytes()).toString('utf8'));
    const mail = await PostalMime.parse(written);
    expect(
      mail.to?.map(({ address }) => address),
      where,
    ).toEqual([recipient.address]);
    expect([mail.cc, mail.bcc, mail.deliveredTo], where).toEqual([undefined, undefined, undefined]);
    expect(
      mail.headers.filter(({ key }) => key === 'to'),
      where,
    ).toHaveLength(1);
    expect(mail.from?.address, where).toBe('news@kaldi.example');
    expect(
      mail.attachments.map(({ filename }) => filename),
      where,
    ).toEqual(['spring.ics']);
    const said = `${mail.subject}\n${mail.text}\n${mail.html}\n${mail.headers.map(({ value }) => value).join('\n')}`;
    expect(new Set(said.match(/(?:T|id)\d+x/g)), where).toEqual(new Set([`T${n}x`, `id${n}x`]));
    expect(mail.html, where).not.toContain('<script');
    ids.add(mail.messageId ?? '');
  }
  expect(ids.size).toBe(count);
});
