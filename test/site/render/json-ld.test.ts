import { describe, expect, it } from 'vitest';
import { testSite } from '../support/workspace.ts';

async function business(files: Readonly<Record<string, string>>, settings = '') {
  const site = testSite({ 'content/_index.md': '---\ntitle: Home\n---\n', ...files }, settings);
  const html = site.read(await site.build(), 'index.html');
  const [, json = '{}'] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
  return JSON.parse(json);
}

const hours = `week:
  - { from: mon, to: wed, hours: "07:00–12:00, 13.00-19:00" }
  - { from: sat, hours: "8:00-14:00" }
  - { from: sun, hours: closed }
  - { from: thu, hours: by appointment }
holidays:
  - { date: 2026-12-24, until: 2026-12-26, hours: closed }
  - { date: 2026-12-31, hours: "08:00–12:00" }
`;

describe('what search engines are told of a business', () => {
  it('has its opening hours, as data/hours.yaml says them once for all pages', async () => {
    const told = await business({ 'data/hours.yaml': hours });
    const week = ['Monday', 'Tuesday', 'Wednesday'];
    const spec = { '@type': 'OpeningHoursSpecification' };
    expect(told.openingHoursSpecification).toEqual([
      { ...spec, dayOfWeek: week, opens: '07:00', closes: '12:00' },
      { ...spec, dayOfWeek: week, opens: '13:00', closes: '19:00' },
      { ...spec, dayOfWeek: 'Saturday', opens: '08:00', closes: '14:00' },
    ]);
    expect(told.specialOpeningHoursSpecification).toEqual([
      { ...spec, validFrom: '2026-12-24', validThrough: '2026-12-26', opens: '00:00', closes: '00:00' },
      { ...spec, validFrom: '2026-12-31', validThrough: '2026-12-31', opens: '08:00', closes: '12:00' },
    ]);
  });

  it('has the hours of its facts, where they stand there', async () => {
    const told = await business({}, 'facts: {type: Bakery, hours: {mon: "08:00-18:00", sun: closed}}\n');
    expect(told['@type']).toBe('Bakery');
    expect(told.openingHoursSpecification).toEqual([
      { '@type': 'OpeningHoursSpecification', dayOfWeek: 'Monday', opens: '08:00', closes: '18:00' },
    ]);
  });

  it.each([['week: soon'], ['week: [{from: someday, hours: "08:00-18:00"}, 3]'], ['- a']])(
    'has none where nobody can tell them: %s',
    async (yaml) => {
      const told = await business({ 'data/hours.yaml': `${yaml}\n` });
      expect(told).not.toHaveProperty('openingHoursSpecification');
    },
  );

  it('is made again when they change', async () => {
    const site = testSite({ 'content/_index.md': '---\ntitle: Home\n---\n', 'data/hours.yaml': hours });
    await site.build();
    site.write({ 'data/hours.yaml': 'week: [{from: fri, hours: "10:00-11:00"}]\n' });
    const result = await site.build();
    expect(result.pages.rendered).toBe(1);
    expect(site.read(result, 'index.html')).toContain('"dayOfWeek":"Friday"');
  });
});
