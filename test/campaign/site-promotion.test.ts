import { describe, expect, it } from 'vitest';
import { sitePromotions } from '../../src/cli/context/campaign.ts';
import { brief, makeContext, minimal } from './workspace.ts';

const promotions = async (files: Readonly<Record<string, string>> = {}) => {
  const context = makeContext(files);
  return sitePromotions(context, await context.client('kaldi'));
};

describe('the campaign on the site', () => {
  it('says what the mail says, and greets nobody by name', async () => {
    const [promotion, ...others] = await promotions();
    expect(others).toEqual([]);
    expect(promotion).toMatchObject({
      campaign: 'spring',
      language: 'en',
      slug: 'spring',
      title: 'Spring blends',
      description: 'Twenty per cent off until Sunday',
      body: 'Hello friend, our **spring blends** have arrived.',
      banner: 'Spring blends −20 %',
      page: true,
      offers: [
        {
          name: 'Ethiopia Sidamo',
          price: 7.9,
          was: 9.9,
          currency: 'EUR',
          url: 'https://kaldi.example/products/',
        },
      ],
    });
    expect(String(promotion?.starts)).toBe('2026-03-01');
    expect(String(promotion?.ends)).toBe('2026-12-31');
  });

  it('has an entry for each language, with its own words and the same prices', async () => {
    const found = await promotions({
      'campaigns/kaldi/spring/campaign.lv.md':
        '---\nsubject: Pavasaris\nslug: pavasaris\noffers:\n  - {name: Etiopija}\n---\nSveiki!\n',
    });
    expect(
      found.map(({ language, slug, title, offers }) => [
        language,
        slug,
        title,
        offers[0]?.name,
        offers[0]?.price,
      ]),
    ).toEqual([
      ['en', 'spring', 'Spring blends', 'Ethiopia Sidamo', 7.9],
      ['lv', 'pavasaris', 'Pavasaris', 'Etiopija', 7.9],
    ]);
  });

  it('shows event, changes and picture', async () => {
    const [promotion] = await promotions(
      brief(
        'subject: News\nstarts: 2026-03-01\nends: 2026-03-02\nbanner: New hours\nhero: {src: images/a.png, alt: Shop}\nevent: {name: Tasting, begins: 2026-03-02 17:30, place: Shop}\nchanges: [{what: Saturdays, from: "9-17", to: closed}]',
        'Hello{{#if first_name}} {{first_name}}{{/if}}.\n',
      ),
    );
    expect(promotion).toMatchObject({
      page: false,
      body: 'Hello.\n\n- **Saturdays**: ~~9-17~~ closed',
      image: { src: 'images/a.png', alt: 'Shop' },
      event: { name: 'Tasting', place: 'Shop' },
    });
    expect(String(promotion?.event?.begins)).toBe('2026-03-02T17:30:00');
  });

  it('is nothing for a campaign that only sends a mail', async () => {
    expect(await promotions(brief('subject: News'))).toEqual([]);
  });

  it('stays away from other clients', async () => {
    const context = makeContext({
      'sites/other/site.yaml': (minimal['sites/kaldi/site.yaml'] ?? '').replace('Kaldi Coffee', 'Other'),
    });
    expect(await sitePromotions(context, await context.client('other'))).toEqual([]);
  });
});
