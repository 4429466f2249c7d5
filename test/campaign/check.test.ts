import { describe, expect, it } from 'vitest';
import { openCampaign } from '../../src/cli/context/campaign.ts';
import { findProblems } from '../../src/cli/context/campaign-check.ts';
import type { Context } from '../../src/cli/context/context.ts';
import { finish } from '../../src/core/progress.ts';
import { brief, makeContext, minimal } from './workspace.ts';

const check = async (context: Context) =>
  finish(findProblems(context, await context.client('kaldi'), 'spring'));
const problems = (files: Readonly<Record<string, string | Uint8Array>>) => check(makeContext(files));
const good = 'subject: News\npreheader: Soon\nlist: customers';

describe('promo check', () => {
  it('finds nothing in the minimal campaign but that its list is not there yet', async () => {
    const isOurs = ({ rule }: { rule: string }) => rule !== 'not-published';
    expect((await problems({})).filter(isOurs)).toMatchObject([
      { rule: 'unknown-list', severity: 'warning', line: 5 },
    ]);
  });

  it.each<[string, string, string, 'error' | 'warning', number | undefined, string?]>([
    ['subject-empty', 'subject: "{{first_name}}"', '', 'error', 2],
    ['subject-length', `subject: ${'long '.repeat(20)}`, '', 'warning', 2],
    ['preheader-missing', 'subject: News', '', 'warning', 2],
    ['preheader-length', `subject: News\npreheader: ${'long '.repeat(40)}`, '', 'warning', 3],
    [
      'banner-length',
      `${good}\nstarts: 2026-11-01\nends: 2026-12-01\nbanner: ${'long '.repeat(40)}`,
      '',
      'warning',
      7,
    ],
    ['past-date', `${good}\nstarts: 2026-10-01\nends: 2026-11-20`, '', 'error', 6],
    ['past-date', `${good}\nevent: {name: x, begins: 2026-11-20T10:00, place: y}`, '', 'error', 5],
    [
      'ends-before-event',
      `${good}\nends: 2026-12-01\nevent: {name: x, begins: 2026-12-02T10:00, place: y}`,
      '',
      'warning',
      5,
    ],
    ['field-invalid', `${good}\nstarts: 2026-12-02\nends: 2026-12-01`, '', 'error', 6],
    ['missing-alt', good, 'One\n\n![](https://kaldi.example/a.png)', 'warning', 8],
    ['empty-link', good, 'One\n\n[here]()', 'error', 8],
    ['empty-link', good, '[](https://kaldi.example/)', 'error', 6],
    ['relative-link', good, '[here](/menu/)', 'error', 6],
    ['placeholder', good, 'One\nLorem ipsum', 'error', 7],
    ['placeholder', `${good}\noffers:\n  - name: a\n    price: 1\n    description: ✎ say it`, '', 'error', 8],
    ['html-in-text', good, 'One <b>two</b>', 'warning', 6],
    ['text-missing', good, ' ', 'error', undefined],
    ['offer-without-price', `${good}\noffers: [{name: a, price: 0}]`, '', 'warning', 5],
    ['field-invalid', `${good}\noffers: [{name: a}]`, '', 'error', 5],
    ['no-such-time', `${good}\nevent: {name: x, begins: 2027-03-28T03:30, place: y}`, '', 'error', 5],
    ['other-domain', `${good}\nfrom: Kaldi <kaldi@mail.example>`, '', 'warning', 5],
    [
      'price-in-text',
      `${good}\noffers: [{name: a, price: 9, was: 10}]`,
      'Only 8,50 € now, was 10 €',
      'warning',
      7,
    ],
    ['field-invalid', `${good}\nweb: true`, '', 'error', undefined],
    ['no-saving', `${good}\noffers: [{name: a, price: 2, was: 1}]`, '', 'error', 5],
    ['nothing-to-show', `${good}\ntemplate: notice`, '', 'warning', 5],
    ['merge-syntax', good, 'One\n{{{first_name}}}', 'error', 7],
    ['template-unknown', `${good}\ntemplate: prom`, '', 'error', 5],
    ['no-list', 'subject: News\npreheader: Soon', '', 'warning', undefined],
    ['words-missing', `${good}\nlanguage: de`, '', 'warning', 5],
    ['picture-unusable', good, '![x](none.png)', 'error', 6],
  ])('finds %s in %j', async (rule, fields, body, severity, line) => {
    const found = await problems(brief(fields, body === '' ? 'Hello.' : body));
    const hit = found.find(
      (problem) => problem.rule === rule && (line === undefined || problem.line === line),
    );
    expect(hit, JSON.stringify(found)).toMatchObject({
      severity,
      file: 'campaigns/kaldi/spring/campaign.md',
    });
    expect(hit?.message).toMatch(/\S.*\.$/);
    expect(hit?.fix).not.toBe('');
  });

  it('finds what a own template forgets, and a mail that Gmail would cut', async () => {
    const own = (inner: string) =>
      `<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`;
    const rules = async (template: string, body = 'Hello.') =>
      (
        await problems({ ...brief(`${good}\ntemplate: own`, body), 'templates/email/own.mjml': template })
      ).map(({ rule, severity }) => `${rule} ${severity}`);
    expect(
      await rules(own('<mj-text>{{{content}}}<img src="https://kaldi.example/a.png"></mj-text>')),
    ).toEqual(expect.arrayContaining(['missing-alt error']));
    const whole = own('<mj-text>{{{content}}}{{sender.address}} \\{{unsubscribe_url}}</mj-text>');
    expect(await rules(whole)).not.toContain('no-unsubscribe error');
    expect(await rules(whole, 'word '.repeat(19_000))).toContain('clipped warning');
    expect(await rules(whole, 'word '.repeat(21_000))).toContain('clipped error');
  });

  it.each<[string, string, string, 'error' | 'warning', string?]>([
    [
      'no-unsubscribe',
      '{{{content}}}{{sender.address}}\\{{#if first_name}}\\{{unsubscribe_url}}\\{{/if}}',
      'with a way out for some only',
      'error',
    ],
    [
      'no-unsubscribe',
      '{{{content}}}{{sender.address}}<p class="no-text">\\{{unsubscribe_url}}</p>',
      'with no way out in the text part',
      'error',
    ],
    [
      'no-address',
      '{{{content}}}{{#if hero}}{{sender.address}}{{/if}}\\{{unsubscribe_url}}',
      'without an address',
      'error',
    ],
    ['no-sender-name', '{{{content}}}{{sender.address}}\\{{unsubscribe_url}}', 'without a name', 'warning'],
    ['placeholder', '{{{content}}}[[POSTAL_ADDRESS]] *|FNAME|*', 'of another program', 'error'],
    ['text-not-shown', 'Fixed words', 'that does not show the text', 'warning'],
    [
      'text-part',
      '<div class="no-text">{{{content}}}</div>',
      'that keeps the text out of the text part',
      'error',
    ],
    ['offer-not-shown', '{{{content}}}', 'that does not show the offer', 'error'],
  ])('finds %s in a template %s', async (rule, inner, _, severity) => {
    const found = await problems({
      ...brief(
        `${good}\ntemplate: own\noffers: [{name: Sidamo, price: 8}]`,
        'Our **spring blends** have arrived.',
      ),
      'sites/kaldi/email/own.mjml': `<mjml><mj-body><mj-section><mj-column><mj-text>${inner}</mj-text></mj-column></mj-section></mj-body></mjml>`,
    });
    const hit = found.find((problem) => problem.rule === rule);
    expect(hit, JSON.stringify(found)).toMatchObject({
      severity,
      file: expect.stringContaining('campaign.md'),
    });
    expect(hit?.fix).not.toBe('');
  });

  it('finds an offer that costs something else in another language', async () => {
    const found = await problems({
      ...brief(`${good}\noffers:\n  - {name: Sidamo, price: 8, was: 9}`),
      'campaigns/kaldi/spring/campaign.lv.md':
        '---\nsubject: Ziņas\noffers:\n  - {name: Sidamo, price: 7.5}\n---\nSveiki.\n',
    });
    expect(found.filter(({ rule }) => rule === 'offer-differs')).toMatchObject([
      {
        file: 'campaigns/kaldi/spring/campaign.lv.md',
        line: 4,
        message: expect.stringContaining('7.5 in lv, and 8 in en'),
      },
    ]);
  });

  it('says what is not on the site yet, and what is there no more', async () => {
    const { ownLinks } = await import('../../src/campaign/check/links.ts');
    const place = { file: 'campaign.md', line: 3 };
    const links = [
      'https://x.example/',
      'https://x.example/menu/?a#b',
      'https://x.example/gone/',
      'https://x.example/campaigns/s/a%20b.png',
      'https://y.example/',
    ].map((url) => ({ url, place }));
    const site = {
      client: 'x',
      url: 'https://x.example',
      isMade: (url: string) => url.includes('/campaigns/'),
    };
    const missing = (published?: ReadonlySet<string>) =>
      ownLinks(links, { ...site, published }).map(({ message }) => /https:\S+(?=,)/.exec(message)?.[0]);
    expect(missing()).toEqual(['https://x.example/campaigns/s/a%20b.png']);
    expect(missing(new Set(['index.html', 'menu/index.html', 'campaigns/s/a b.png']))).toEqual([
      'https://x.example/gone/',
    ]);
  });

  it('asks for one click where a list is large, and never for less than a way out', async () => {
    const { checkUnsubscribe } = await import('../../src/campaign/check/unsubscribe.ts');
    const context = makeContext();
    const client = await context.client('kaldi');
    const { briefs } = await openCampaign(context, client, 'spring');
    const [main] = briefs.values();
    if (!main) throw new Error('There is a brief.');
    const rules = (headers: string, people: number) =>
      checkUnsubscribe(main, headers, people).map(({ rule }) => rule);
    const mail = 'List-Unsubscribe:\r\n <mailto:a@kaldi.example>\r\nSubject: x';
    const click =
      'List-Unsubscribe: <https://kaldi.example/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click';
    expect(rules(mail, 4999)).toEqual([]);
    expect(rules(mail, 5000)).toEqual(['one-click']);
    expect(rules(click, 5000)).toEqual([]);
    expect(rules(click.replace(/\r\n.*/, ''), 5000)).toEqual(['one-click']);
    expect(rules('Subject: x', 1)).toEqual(['no-unsubscribe-header']);
    expect(rules('List-Unsubscribe: <>', 1)).toEqual(['no-unsubscribe-header']);
  });

  it('weighs the pictures', async () => {
    const { default: sharp } = await import('sharp');
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
    const png = await sharp({ create: { width: 500, height: 400, channels: 3, background: '#888', noise } })
      .png()
      .toBuffer();
    const found = await problems({
      ...brief(good, 'One\n\n![Noise](a.png)'),
      'campaigns/kaldi/spring/a.png': png,
    });
    expect(found.find(({ rule }) => rule === 'image-weight')).toMatchObject({ line: 8, severity: 'warning' });
  });

  it('finds the languages of the client that are missing or only begun', async () => {
    const site = {
      'sites/kaldi/site.yaml': (minimal['sites/kaldi/site.yaml'] ?? '').replace('[en]', '[en, lv, de]'),
    };
    const found = await problems({
      ...site,
      'campaigns/kaldi/spring/campaign.lv.md': '---\nsubject: Jaunumi\n---\n',
    });
    expect(found.filter(({ rule }) => rule === 'missing-translation').map(({ file }) => file)).toEqual([
      'campaigns/kaldi/spring/campaign.lv.md',
      'campaigns/kaldi/spring/campaign.md',
    ]);
  });

  it('names what is missing for the sender, once for all languages', async () => {
    const site = (minimal['sites/kaldi/site.yaml'] ?? '').replace(/^sender:.*$/m, '');
    const found = await problems({ 'sites/kaldi/site.yaml': site });
    expect(found.filter(({ rule }) => rule === 'sender-missing')).toHaveLength(1);
  });

  it('throws for a campaign that is not there', async () => {
    const context = makeContext();
    const client = await context.client('kaldi');
    await expect(finish(findProblems(context, client, 'sprung'))).rejects.toMatchObject({
      code: 'CAMPAIGN_UNKNOWN',
    });
  });
});
