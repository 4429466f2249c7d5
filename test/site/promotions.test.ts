import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { testSite } from './support/workspace.ts';

const brief = `---
subject: 'Spring, {{or first_name "friend"}}'
preheader: Until Sunday
template: promo
list: customers
starts: 2026-03-01
ends: 2026-03-31
page: true
banner: Spring blends −20 %
offers:
  - {name: Sidamo, price: 7.9, was: 9.9, currency: EUR, url: https://shop.example/}
---
Hello {{or first_name "friend"}}, spring is here. ![Cup](cup.svg)
`;
const layouts = {
  'partials/base.hbs':
    '<head>{{{head.html}}}</head>{{#if site.banner}}<p class="banner"><a href="{{site.banner.url}}">{{site.banner.text}}</a></p>{{/if}}{{> @partial-block}}',
  'layouts/campaign.hbs':
    '{{#> base}}{{page.title}}|{{{content}}}|{{date promotion.ends "long"}}|{{#each promotion.offers}}{{name}} {{money price currency}} {{money was currency}}{{/each}}{{/base}}',
};
const shop = () => {
  const site = testSite({
    'content/_index.md': '---\ntitle: Home\n---\n',
    '../../campaigns/shop/spring/campaign.md': brief,
    '../../campaigns/shop/spring/cup.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>',
    '../../campaigns/shop/spring/secret.svg': '<svg/>',
  });
  site.theme(layouts);
  return site;
};
const at = (clock: string) => ({ clock: fixedClock(clock) });

describe('a campaign on the site', () => {
  it('has its page, its banner and its pictures while it lasts, on the client’s clock', async () => {
    const site = shop();
    const before = await site.build(at('2026-02-28T21:59:59Z'));
    expect(before.release.files.has('spring/index.html')).toBe(false);
    expect(site.read(before, 'index.html')).not.toContain('banner');
    expect(before.nextChange).toBe('2026-03-01T00:00:00+02:00');

    const during = await site.build(at('2026-02-28T22:00:00Z'));
    const page = site.read(during, 'spring/index.html');
    expect(page).toContain(
      'Hello friend, spring is here. <img src="/campaigns/spring/cup.svg" alt="Cup" width="40" height="30"',
    );
    expect(page).toContain('|March 31, 2026|Sidamo €7.90 €9.90');
    expect(page).toContain('"@type":"Offer","name":"Sidamo","price":"7.90","priceCurrency":"EUR"');
    expect(site.read(during, 'index.html')).toContain('<a href="/spring/">Spring blends −20 %</a>');
    expect(site.read(during, 'sitemap.xml')).toContain('https://shop.example/spring/');
    expect(during.release.files.has('campaigns/spring/cup.svg')).toBe(true);
    expect(during.release.files.has('campaigns/spring/secret.svg')).toBe(false);
    expect(during.nextChange).toBe('2026-04-01T00:00:00+03:00');

    const after = await site.build(at('2026-03-31T21:00:00Z'));
    expect(after.release.files.has('spring/index.html')).toBe(false);
    expect(after.release.files.has('campaigns/spring/cup.svg')).toBe(false);
    expect(after.release.digest).toBe(before.release.digest);
  });

  it('does not take a page’s address', async () => {
    const site = shop();
    site.write({ 'content/spring.md': '---\ntitle: Spring\n---\n' });
    await expect(site.build(at('2026-03-10T00:00:00Z'))).rejects.toMatchObject({ code: 'ADDRESS_TWICE' });
  });

  it('shows no picture from outside the campaign’s folder', async () => {
    const site = shop();
    site.write({ '../../campaigns/shop/spring/campaign.md': brief.replace('cup.svg', '../../secret.svg') });
    await expect(site.build(at('2026-03-10T00:00:00Z'))).rejects.toMatchObject({ code: 'LINK_OUTSIDE' });
  });
});
