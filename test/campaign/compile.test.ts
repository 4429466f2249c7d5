import { describe, expect, it } from 'vitest';
import { fillSlots, type Message } from '../../src/campaign/message.ts';
import { compileCampaign, openCampaign } from '../../src/cli/context/campaign.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { brief, makeContext, minimal } from './workspace.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const anna = {
  first_name: 'Anna',
  email: 'anna@example.com',
  recipient_id: 'r1',
  unsubscribe_url: 'mailto:news@kaldi.example?subject=unsubscribe%20r1',
};

async function compile(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const context = makeContext(files);
  const client = await context.client('kaldi');
  const campaign = await openCampaign(context, client, 'spring');
  return compileCampaign(context, client, campaign);
}
const one = async (files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Message> => {
  const [message] = (await compile(files)).values();
  if (!message) throw new Error('There is no message.');
  return message;
};
const failure = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const error = await one(files).catch((thrown: unknown) => thrown);
  if (!isSecError(error)) throw error;
  return error;
};

describe('the minimal campaign', () => {
  it('becomes a message with all that a promotion must carry', async () => {
    const message = await one();
    const html = fillSlots(message.html, { ...anna, first_name: '<Anna & Co>' });
    expect(fillSlots(message.subject, anna)).toBe('Spring blends, Anna');
    expect(html).toContain('Hello &lt;Anna &amp; Co&gt;, our <strong>spring blends</strong>');
    for (const part of [
      'Twenty per cent off',
      '€7.90',
      '€9.90',
      '−20%',
      '1 Bean Street, Riga',
      'https://kaldi.example/spring/',
    ])
      expect(html).toContain(part);
    expect(html).toContain('href="mailto:news@kaldi.example?subject&#x3D;unsubscribe%20r1"');
    expect(message).toMatchObject({
      client: 'kaldi',
      campaign: 'spring',
      language: 'en',
      from: { name: 'Kaldi Coffee', email: 'news@kaldi.example' },
      unsubscribeMailbox: 'news@kaldi.example',
      fields: ['first_name', 'unsubscribe_url'],
      attachments: [],
    });
  });

  it('has a text part with the same facts, short lines and no entities', async () => {
    const text = fillSlots((await one()).text, { ...anna, first_name: '' });
    expect(text).toContain('Hello friend, our spring blends have arrived.');
    expect(text).toContain('€7.90 (before €9.90)');
    expect(text).toContain(`Unsubscribe <${anna.unsubscribe_url}>`);
    expect(text).not.toMatch(/&\w+;|Twenty per cent/);
    for (const line of text.split('\n').filter((line) => !line.includes('<')))
      expect(line.length).toBeLessThanOrEqual(72);
  });

  it('loads nothing from elsewhere and runs nothing', async () => {
    const html = fillSlots((await one()).html, anna);
    expect(html).not.toMatch(/<script|@import|fonts\.googleapis|<link/);
  });
});

describe.each(['promo', 'newsletter', 'event', 'notice'])('the template %s', (template) => {
  it.each(['en', 'lv'])('is whole in %s and far from being clipped', async (language) => {
    const fields = [
      'subject: Hello',
      `template: ${template}`,
      `language: ${language}`,
      'starts: 2026-03-01',
      'ends: 2026-12-31',
      'page: true',
      'hero: {src: a.png, alt: Beans}',
      'button: {label: Order, url: "https://kaldi.example/order/?a=1&b=2"}',
      'event: {name: Tasting, begins: 2026-12-05T17:30, ends: 2026-12-06T12:00, place: Shop, address: 1 Bean Street, url: "https://kaldi.example/t/"}',
      'changes: [{what: Saturdays, from: "9-17", to: closed}, {what: Sundays, to: open}]',
      'offers:',
      ...Array.from(
        { length: 9 },
        (_, n) => `  - {name: Offer ${n}, price: ${n + 1}, was: ${n + 2}, description: Good}`,
      ),
    ].join('\n');
    const message = await one({
      ...brief(fields, 'Hi **{{or first_name "x"}}**.\n'),
      'campaigns/kaldi/spring/a.png': png,
    });
    const html = fillSlots(message.html, anna);
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
    for (const part of [
      '1 Bean Street, Riga',
      'mailto:news@kaldi.example',
      'color-scheme',
      'Hi <strong>Anna</strong>',
    ])
      expect(html).toContain(part);
    expect(html).toContain(`lang="${language}"`);
    expect(html).not.toMatch(/\{\{|\}\}|X[0-9A-F]{8}N\d+Z|undefined|\[object/);
    expect([...html.matchAll(/<img\b[^>]*>/g)].every(([tag]) => tag.includes(' alt='))).toBe(true);
  });
});

describe('what stands in the data', () => {
  it('is never read as a merge field, nor as HTML', async () => {
    const message = await one({
      ...brief('subject: Hi\noffers:\n  - {name: "{{secret}} <i>", price: 1}\ntitle: "a {{#if x}} b"'),
      'sites/kaldi/site.yaml': (minimal['sites/kaldi/site.yaml'] ?? '').replace(
        '1 Bean Street',
        '{{{x}}} & Street',
      ),
    });
    const html = fillSlots(message.html, anna);
    for (const part of ['{{secret}} &lt;i&gt;', 'a {{#if x}} b', '{{{x}}} &amp; Street'])
      expect(html).toContain(part);
    expect(message.fields).toEqual(['unsubscribe_url']);
  });

  it('shows HTML of a brief as it was written', async () => {
    const html = fillSlots((await one(brief('subject: Hi', '<script>alert(1)</script>'))).html, anna);
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('pictures', () => {
  it('of the folder go with the mail', async () => {
    const message = await one({
      ...brief('subject: Hi', '![Beans](images/a%20b.png) ![Web](https://kaldi.example/b.png)'),
      'campaigns/kaldi/spring/images/a b.png': png,
    });
    const [picture] = message.attachments;
    expect(picture).toMatchObject({
      filename: 'a b.png',
      contentType: 'image/png',
      cid: expect.stringMatching(/^[0-9a-f]{24}@kaldi\.example$/),
    });
    const html = fillSlots(message.html, anna);
    expect(html).toContain(`src="cid:${picture?.cid}"`);
    expect(html).toContain('src="https://kaldi.example/b.png"');
  });

  it.each([
    ['images/none.png', "is not in the campaign's folder"],
    ['../../../sec.yaml', "lies outside the campaign's folder"],
    ['a.svg', 'is of a kind that mail programs do not show'],
    ['bad.png', 'cannot be read as a picture'],
  ])('such as %s are refused', async (src, problem) => {
    const error = await failure({
      ...brief('subject: Hi', `Hello\n\n![x](${src})`),
      'campaigns/kaldi/spring/a.svg': '<svg/>',
      'campaigns/kaldi/spring/bad.png': 'no picture',
    });
    expect(error.code).toBe('PICTURE_UNUSABLE');
    expect(error.message).toContain(`campaign.md, line 6: the picture ${src} ${problem}`);
  });
});

describe('the digest', () => {
  const base = { subject: 'Hi', preheader: 'Soon', button: '{label: Go, url: "https://kaldi.example/"}' };
  const digest = async (fields: object, files: object = {}, body = 'Hello') => {
    const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}`);
    return (await one({ ...brief(lines.join('\n'), body), ...files })).digest;
  };

  it('is the same for the same campaign', async () => {
    expect(await digest(base)).toBe(await digest(base));
  });

  it.each([
    ['subject', { ...base, subject: 'Ho' }],
    ['preheader', { ...base, preheader: 'Now' }],
    ['sender', { ...base, from: 'Anna <anna@kaldi.example>' }],
    ['reply address', { ...base, replyTo: 'anna@kaldi.example' }],
    ['link', { ...base, button: '{label: Go, url: "https://kaldi.example/x"}' }],
    ['template', { ...base, template: 'notice', title: 'x' }],
  ])('differs with the %s', async (_, fields) => {
    expect(await digest(fields)).not.toBe(await digest(base));
  });

  it('differs with what may be recorded of the readers, which is nothing unless the policy says so', async () => {
    const site = (minimal['sites/kaldi/site.yaml'] ?? '').replace(
      'policy:',
      'policy:\n  tracking: {opens: true}',
    );
    expect((await one()).tracking).toEqual({ opens: false, clicks: false });
    expect((await one({ 'sites/kaldi/site.yaml': site })).tracking).toEqual({ opens: true, clicks: false });
    expect(await digest(base, { 'sites/kaldi/site.yaml': site })).not.toBe(await digest(base));
  });

  it('differs with a picture that lies on the site under the same name', async () => {
    const fields = { ...base, starts: '2026-01-01', web: true, hero: '{src: a.png, alt: x}' };
    const wider = Buffer.concat([png, Buffer.from('x')]);
    expect(await digest(fields, { 'campaigns/kaldi/spring/a.png': png })).not.toBe(
      await digest(fields, { 'campaigns/kaldi/spring/a.png': wider }),
    );
  });

  it('differs with the text, its merge fields and the postal address', async () => {
    const moved = (minimal['sites/kaldi/site.yaml'] ?? '').replace('1 Bean Street', '2 Bean Street');
    const all = [
      await digest(base),
      await digest(base, {}, 'Hello!'),
      await digest(base, {}, '{{or first_name "Hello"}}'),
      await digest(base, { 'sites/kaldi/site.yaml': moved }),
    ];
    expect(new Set(all).size).toBe(4);
  });
});

describe('bad input', () => {
  it('names the template that was meant', async () => {
    const error = await failure(brief('subject: Hi\ntemplate: promoo'));
    expect(error).toMatchObject({ code: 'TEMPLATE_UNKNOWN', exitCode: 78, hint: 'Did you mean "promo"?' });
    expect(error.message).toContain('line 3');
  });

  it("compiles a client's own template, and names its line where it is broken", async () => {
    const own =
      '<mjml><mj-body>\n<mj-section><mj-column>\n<mj-text>{{{content}}} \\{{or first_name "you"}}</mj-text>\n</mj-column></mj-section></mj-body></mjml>';
    const files = brief('subject: Hi\ntemplate: own');
    const message = await one({ ...files, 'templates/email/own.mjml': own });
    expect(fillSlots(message.html, { ...anna, first_name: '' })).toMatch(/Hello\.<\/p>\s*you/);
    const broken = own.replace('"you"', '');
    expect(message.uses).toMatchObject([
      { name: 'first_name', file: 'templates/email/own.mjml', line: 3, fallback: true },
      { name: 'unsubscribe_url', file: 'templates/email/partials/legal.mjml', line: 5 },
    ]);
    expect(
      (await failure({ ...files, 'templates/email/own.mjml': broken.replace('<mj-text>', '<mj-txt>') }))
        .message,
    ).toContain('templates/email/own.mjml, line 3');
    expect(
      (await failure({ ...files, 'templates/email/own.mjml': own.replace('or first', 'ro first') })).message,
    ).toContain('templates/email/own.mjml, line 3');
  });

  it('asks for a sender', async () => {
    const site = (minimal['sites/kaldi/site.yaml'] ?? '').replace(/^sender:.*$/m, '');
    expect(await failure({ 'sites/kaldi/site.yaml': site })).toMatchObject({
      code: 'SENDER_MISSING',
      exitCode: 78,
    });
  });

  it('names the campaign that was meant', async () => {
    const context = makeContext();
    const client = await context.client('kaldi');
    await expect(openCampaign(context, client, 'sprung')).rejects.toMatchObject({
      code: 'CAMPAIGN_UNKNOWN',
      hint: 'Did you mean "spring"?',
    });
    await expect(openCampaign(context, client, '../kaldi/spring')).rejects.toMatchObject({
      code: 'CAMPAIGN_UNKNOWN',
    });
  });
});
