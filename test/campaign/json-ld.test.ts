import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { testSite } from '../site/support/workspace.ts';

/** What schema.org's consumers require (developers.google.com/search/docs/appearance/structured-data, 2026). */
const required: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  Offer: {
    name: /\S/,
    price: /^\d+\.\d\d$/,
    priceCurrency: /^[A-Z]{3}$/,
    availability: /^https:\/\/schema\.org\/InStock$/,
    url: /^https:\/\//,
    validFrom: /^\d{4}-\d\d-\d\d$/,
    validThrough: /^\d{4}-\d\d-\d\d$/,
  },
  Event: {
    name: /\S/,
    startDate: /^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$/,
    endDate: /^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$/,
    eventStatus: /^https:\/\/schema\.org\/Event/,
    eventAttendanceMode: /^https:\/\/schema\.org\//,
    url: /^https:\/\//,
  },
  Place: { name: /\S/, address: /\S/ },
};

const campaign = (address: string) => `---
subject: Spring
starts: 2026-03-01
ends: 2026-03-31
page: true
offers:
  - {name: 'Sidamo "gold" </script>', price: 7.9, was: 9.9}
  - {name: Yirga, price: 12, url: https://shop.example/y/}
event: {name: Tasting, begins: 2026-03-20T17:30, ends: 2026-03-20T19:00, place: Shop${address}}
---
Hello.
`;

interface Thing {
  readonly '@context'?: string;
  readonly '@type': string;
  readonly [property: string]: unknown;
}

describe('what search engines are told of a campaign', () => {
  it.each(['', ', address: 1 Bean Street'])(
    'has all that schema.org’s readers require, with %j',
    async (address) => {
      const site = testSite({
        'content/_index.md': '---\ntitle: Home\n---\n',
        '../../campaigns/shop/spring/campaign.md': campaign(address),
      });
      site.theme({ 'layouts/campaign.hbs': '<head>{{{head.html}}}</head>' });
      const built = await site.build({ clock: fixedClock('2026-03-10T10:00:00Z') });
      const html = site.read(built, 'spring/index.html');
      const things = [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)]
        .flatMap(([, text = '']) => JSON.parse(text) as Thing | Thing[])
        .filter((thing) => thing['@type'] in required);
      expect(things.map((thing) => thing['@type']).sort()).toEqual(['Event', 'Offer', 'Offer']);
      for (const thing of things) {
        expect(thing['@context']).toBe('https://schema.org');
        const place = thing.location as Thing | undefined;
        for (const one of place ? [thing, place] : [thing])
          for (const [property, form] of Object.entries(required[one['@type']] ?? {}))
            expect([property, String(one[property])]).toEqual([property, expect.stringMatching(form)]);
      }
      expect(things.map(({ startDate }) => startDate).filter(Boolean)).toEqual(['2026-03-20T17:30+02:00']);
    },
  );
});
