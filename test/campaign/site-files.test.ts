import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillSlots } from '../../src/campaign/message.ts';
import { compileCampaign, openCampaign } from '../../src/cli/context/campaign.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { testSite } from '../site/support/workspace.ts';
import { contextIn } from '../support/context.ts';

const settings =
  'locales: [en, lv]\nsender: {name: Shop, email: news@shop.example, address: 1 Bean Street}\n';
const brief = (fields = '', offer = 'price: 7.9') => `---
subject: 'Spring, {{or first_name "friend"}}'
starts: 2026-03-01
ends: 2026-03-31
page: true
hero: {src: images/a b.png, alt: Cup}
offers:
  - {name: Sidamo, ${offer}}
event: {name: Tasting, begins: 2026-03-20T17:30, place: Shop}
${fields}
---
Hello {{or first_name "friend"}}, code {{member_code}}.
`;
const layouts = {
  'partials/base.hbs': '<head>{{{head.html}}}</head>{{> @partial-block}}',
  'layouts/campaign.hbs':
    '{{#> base}}{{#each promotion.offers}}{{name}} {{money price currency}}{{/each}} <a href="{{promotion.event.calendar}}">ics</a>{{/base}}',
};
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const during = { clock: fixedClock('2026-03-10T10:00:00Z') };
const after = { clock: fixedClock('2027-01-10T10:00:00Z') };

function shop(text = brief(), more = settings) {
  const site = testSite(
    {
      'content/_index.md': '---\ntitle: Home\n---\n',
      '../../campaigns/shop/spring/campaign.md': text,
      '../../campaigns/shop/spring/campaign.lv.md': '---\nsubject: Pavasaris\n---\nSveiki.\n',
    },
    more,
  );
  site.theme(layouts);
  const picture = site.path('campaigns/shop/spring/images/a b.png');
  mkdirSync(dirname(picture), { recursive: true });
  writeFileSync(picture, png);
  return site;
}

async function mailOf(site: ReturnType<typeof shop>, language = 'en') {
  const context = contextIn(site.root, {});
  const client = await context.client('shop');
  const messages = await compileCampaign(context, client, await openCampaign(context, client, 'spring'));
  const message = messages.get(language);
  if (!message) throw new Error('There is no message.');
  const fields = { first_name: 'Zane', member_code: 'C-77', email: 'zane@example.com', recipient_id: 'r77' };
  return { message, html: fillSlots(message.html, { ...fields, unsubscribe_url: 'mailto:x@example.com' }) };
}

describe('what a campaign leaves on the site', () => {
  it('is not there before its first day, and stays after its last: mails link to it', async () => {
    const site = shop();
    const before = await site.build({ clock: fixedClock('2026-02-28T21:59:59Z') });
    expect([...before.release.files.keys()].filter((path) => path.startsWith('campaigns/'))).toEqual([]);
    expect(before.nextChange).toBe('2026-03-01T00:00:00+02:00');
    const files = [
      'campaigns/spring/en/index.html',
      'campaigns/spring/en/spring.ics',
      'campaigns/spring/images/a b.png',
      'campaigns/spring/lv/index.html',
      'campaigns/spring/lv/spring.ics',
    ];
    for (const clock of [during, after]) {
      const built = await site.build(clock);
      const left = [...built.release.files.keys()].filter((path) => path.startsWith('campaigns/'));
      expect(left.sort()).toEqual(files);
      expect(site.read(built, 'sitemap.xml')).not.toContain('/campaigns/');
    }
    expect((await site.build(after)).release.files.has('spring/index.html')).toBe(false);
  });

  it('is the mail, linked from it, without anybody’s data and left out of search engines', async () => {
    const site = shop();
    const built = await site.build(during);
    const page = site.read(built, 'campaigns/spring/en/index.html');
    expect(page).toContain('Hello friend, code .');
    expect(page).toContain('<meta name="robots" content="noindex">');
    expect(page).toContain('<link rel="canonical" href="https://shop.example/spring/">');
    expect(page).not.toMatch(/Unsubscribe|sec:own-link|View this e-mail|C-77|zane|r77|\{\{/i);
    const { html, message } = await mailOf(site);
    expect(html).toContain('href="https://shop.example/campaigns/spring/en/"');
    expect(html).toContain('src="https://shop.example/campaigns/spring/images/a%20b.png"');
    expect(html).toMatch(/<img[^>]*height="1"[^>]*a%20b\.png[^>]*width="1"|<img[^>]*a%20b\.png/);
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['spring.ics']);
    expect((await mailOf(site, 'lv')).html).toContain('https://shop.example/campaigns/spring/lv/');
  });

  it('has one price for page, mail and web version, whatever the brief says', async () => {
    for (const [price, shown] of [
      ['7.9', '€7.90'],
      ['8.4', '€8.40'],
    ] as const) {
      const site = shop(brief('', `price: ${price}`));
      const built = await site.build(during);
      const texts = [
        site.read(built, 'spring/index.html'),
        site.read(built, 'campaigns/spring/en/index.html'),
        (await mailOf(site)).html,
      ];
      for (const text of texts) expect(text).toContain(shown);
      expect(texts[0]).toContain(`"price":"${Number(price).toFixed(2)}"`);
      expect(texts[0]).toContain('href="/campaigns/spring/en/spring.ics"');
    }
  });

  it('is made once: a later build takes it as it was, and a change of the brief makes it anew', async () => {
    const site = shop();
    const dir = site.path('.sec/clients/shop/mails');
    const one = await site.build(during);
    const kept = readdirSync(dir);
    expect((await site.build(during)).release.digest).toBe(one.release.digest);
    expect(readdirSync(dir)).toEqual(kept);
    for (const name of kept) writeFileSync(join(dir, name), 'damaged');
    expect((await site.build(during)).release.digest).toBe(one.release.digest);
    site.write({ '../../campaigns/shop/spring/campaign.md': brief('title: Other') });
    const changed = await site.build(during);
    expect(site.read(changed, 'campaigns/spring/en/index.html')).toContain('Other');
    expect(readdirSync(dir).filter((name) => kept.includes(name))).toEqual([]);
  });

  it.each([
    ['web: false', settings],
    ['page: false', settings],
    ['', `${settings}build: {copy: finished}\n`],
    ['', settings.replace(/sender:.*\n/, '')],
  ])('is nothing with %j and %j', async (fields, more) => {
    const text = fields === 'page: false' ? brief().replace('page: true', fields) : brief(fields);
    const site = shop(text, more);
    site.write({ 'finished/index.html': '<title>x</title>' });
    const { release } = await site.build(during);
    const left = [...release.files.keys()].filter(
      (path) => /html|ics/.test(path) && path.startsWith('campaigns/'),
    );
    expect(left).toEqual([]);
    if (!more.includes('sender')) return;
    const { html, message } = await mailOf(site);
    expect(html).toContain('cid:');
    expect(html).not.toContain('/campaigns/');
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['a b.png', 'spring.ics']);
  });

  it('does not keep the site from being built where a mail cannot be made', async () => {
    const site = shop(brief('template: nothing'));
    const built = await site.build(during);
    expect(built.release.files.has('spring/index.html')).toBe(true);
    expect(built.warnings.join('\n')).toContain('there is no template "nothing"');
    expect(existsSync(site.path('.sec/clients/shop/mails'))).toBe(false);
  });
});
