import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { eventCalendar } from '../../src/campaign/calendar.ts';
import { compileCampaign, findSender, openCampaign } from '../../src/cli/context/campaign.ts';
import { openMailroom } from '../../src/delivery/mailroom.ts';
import { brief, makeContext } from './workspace.ts';

const event = (fields: string, more = '') =>
  `subject: News\nstarts: 2026-03-01\nends: 2026-12-31\nweb: true\n${more}\nevent: {name: Tasting, place: Shop, ${fields}}`;

async function open(fields: string, files: Readonly<Record<string, string>> = {}) {
  const context = makeContext({ ...brief(fields), ...files });
  const client = await context.client('kaldi');
  const campaign = await openCampaign(context, client, 'spring');
  const sender = findSender(client);
  if (!sender) throw new Error('The client has a sender.');
  return { context, client, campaign, sender };
}

async function calendarOf(fields: string, language = 'en', files: Readonly<Record<string, string>> = {}) {
  const { campaign, sender } = await open(fields, files);
  const found = campaign.briefs.get(language);
  const calendar = found && eventCalendar(campaign, found, sender);
  if (!calendar) throw new Error('There is no calendar.');
  return new TextDecoder().decode(calendar.content);
}

/** The content lines, unfolded (RFC 5545 §3.1), by name. */
function lines(calendar: string): Record<string, string> {
  const whole = calendar.replace(/\r\n[ \t]/g, '').split('\r\n');
  return Object.fromEntries(
    whole.map((line) => [line.split(/[:;]/)[0] ?? '', line.replace(/^[^:;]*[:;]/, '')]),
  );
}

describe("an event's calendar file", () => {
  it.each([
    ['in winter', 'begins: 2026-12-05T17:30, ends: 2026-12-05T20:00', '20261205T153000Z', '20261205T180000Z'],
    ['in summer', 'begins: 2026-07-05T17:30, ends: 2026-07-05T20:00', '20260705T143000Z', '20260705T170000Z'],
    // On 25 October the clock goes back at 04:00: the night has an hour twice.
    [
      'over the change of the clocks',
      'begins: 2026-10-24T22:00, ends: 2026-10-25T10:00',
      '20261024T190000Z',
      '20261025T080000Z',
    ],
  ])('has the right moments %s', async (_, fields, begins, ends) => {
    expect(lines(await calendarOf(event(fields)))).toMatchObject({ DTSTART: begins, DTEND: ends });
  });

  it('says all that RFC 5545 and 5546 ask of a published event', async () => {
    const found = lines(await calendarOf(event('begins: 2026-12-05T17:30', 'preheader: Come by')));
    expect(found).toMatchObject({
      VERSION: '2.0',
      METHOD: 'PUBLISH',
      PRODID: expect.stringMatching(/\S/),
      UID: expect.stringMatching(/^[0-9a-f]{32}@kaldi\.example$/),
      DTSTAMP: '20260228T220000Z',
      SEQUENCE: '0',
      SUMMARY: 'Tasting',
      LOCATION: 'Shop',
      ORGANIZER: 'CN="Kaldi Coffee":mailto:news@kaldi.example',
      STATUS: 'CONFIRMED',
      DESCRIPTION: 'Come by',
    });
    expect(found).not.toHaveProperty('ATTENDEE');
  });

  it('keeps its UID in every language and after every change, and counts the changes', async () => {
    const translation = {
      'campaigns/kaldi/spring/campaign.lv.md': '---\nsubject: Ziņas\nslug: cits\n---\nSveiki.\n',
    };
    const first = event('begins: 2026-12-05T17:30');
    const moved = event('begins: 2026-12-06T18:00, revision: 1');
    const [one, lv, two] = [
      lines(await calendarOf(first)),
      lines(await calendarOf(first, 'lv', translation)),
      lines(await calendarOf(moved)),
    ];
    expect(lv.UID).toBe(one.UID);
    expect(two.UID).toBe(one.UID);
    expect([one.SEQUENCE, two.SEQUENCE]).toEqual(['0', '1']);
    expect((two.DTSTAMP ?? '') > (one.DTSTAMP ?? '')).toBe(true);
  });

  it('is folded at 75 octets, between whole characters, and nothing in it can begin a line of its own', async () => {
    const text = fc.string({
      unit: fc.constantFrom('ā', 'ž', 'a', '😀', ',', ';', '\\', ' ', 'X-A:b'),
      minLength: 1,
      maxLength: 300,
    });
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        const { campaign, sender } = await open(event('begins: 2026-12-05T17:30'));
        const main = campaign.briefs.get('en');
        if (!main?.fields.event) throw new Error('There is an event.');
        const named = {
          ...main,
          fields: {
            ...main.fields,
            event: { ...main.fields.event, name: `n${name}\r\nATTENDEE:mailto:x@example.com` },
          },
        };
        const bytes = eventCalendar(campaign, named, sender)?.content ?? new Uint8Array();
        const calendar = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(calendar).not.toMatch(/^ATTENDEE/m);
        for (const line of calendar.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const summary = lines(calendar)
          .SUMMARY?.replace(/\\([,;\\])/g, '$1')
          .replace(/\\n/g, '\n');
        expect(summary?.replace(/\s+/g, ' ')).toContain(`n${name}`.replace(/\s+/g, ' ').trimEnd());
      }),
      { numRuns: 30 },
    );
  });

  it('goes with the mail as RFC 6047 says, and lies on the site', async () => {
    const { context, client, campaign } = await open(event('begins: 2026-12-05T17:30'));
    const messages = await compileCampaign(context, client, campaign);
    const mail = openMailroom(messages, context.clock).mailFor({
      id: 'r1',
      address: 'anna@example.com',
      key: 'anna@example.com',
      fields: {},
    });
    const eml = Buffer.from(mail.bytes()).toString('latin1');
    expect(eml).toMatch(/^Content-Type: multipart\/mixed/m);
    expect(eml).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=PUBLISH\r$/m);
    const { attachments, html } = await PostalMime.parse(mail.bytes());
    expect(attachments).toMatchObject([
      { filename: 'spring.ics', mimeType: 'text/calendar', method: 'PUBLISH' },
    ]);
    expect(html).toContain('href="https://kaldi.example/campaigns/spring/en/spring.ics"');
  });
});
