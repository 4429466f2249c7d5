import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testSite } from '../site/support/workspace.ts';
import { sec } from '../support/sec.ts';

const settings =
  'locales: [lv]\nkinds: {news: {folder: jaunumi, layout: page, fields: {date: {type: date}, lead: {type: text, required: true}}}}\n';
const begin = (site: ReturnType<typeof testSite>, ...words: string[]) =>
  sec(['site', 'new', 'shop', ...words, '--json'], { cwd: site.root });

describe('sec site new', () => {
  it('begins a page of a kind as a draft, named after its title', async () => {
    const site = testSite({}, settings);
    const ran = await begin(site, 'news', 'Ķiršu kūka: 50 % lētāk!');
    expect(ran.json()).toEqual({
      client: 'shop',
      kind: 'news',
      page: 'jaunumi/kirsu-kuka-50-letak.md',
      file: 'sites/shop/content/jaunumi/kirsu-kuka-50-letak.md',
      created: true,
    });
    const text = readFileSync(site.path('sites/shop/content/jaunumi/kirsu-kuka-50-letak.md'), 'utf8');
    expect(text).toMatch(
      /^---\ntitle: "Ķiršu kūka: 50 % lētāk!"\ndraft: true\ndate: \d{4}-\d{2}-\d{2}\nlead:\n---\n/,
    );
    expect((await site.build({ drafts: true, future: true })).outline.map(({ url }) => url)).toContain(
      '/jaunumi/kirsu-kuka-50-letak/',
    );
    expect((await site.build()).outline.map(({ url }) => url)).not.toContain('/jaunumi/kirsu-kuka-50-letak/');
  });

  it('begins a plain page where no kind is declared', async () => {
    const site = testSite();
    expect((await begin(site, 'page', 'Our story')).json()).toMatchObject({ page: 'our-story.md' });
  });

  it.each([
    [['page', 'Our story'], 73, 'PAGE_EXISTS'],
    [['blog', 'x'], 2, 'KIND_UNKNOWN'],
    [['__proto__', 'x'], 2, 'KIND_UNKNOWN'],
    [['page', '!!!'], 65, 'ADDRESS_UNSAFE'],
    [['page'], 2, 'WORD_MISSING'],
    [[], 2, 'WORD_MISSING'],
  ])('refuses %j and writes nothing', async (words, exit, code) => {
    const site = testSite({ 'content/our-story.md': '---\ntitle: Ours\n---\n' });
    const ran = await begin(site, ...words);
    expect([ran.code, ran.json<{ error: { code: string } }>().error.code]).toEqual([exit, code]);
    expect(readFileSync(site.path('sites/shop/content/our-story.md'), 'utf8')).toContain('Ours');
  });

  it('writes nothing with --dry-run', async () => {
    const site = testSite();
    expect((await begin(site, 'page', 'Plan', '--dry-run')).json()).toMatchObject({ created: false });
    expect(existsSync(site.path('sites/shop/content/plan.md'))).toBe(false);
  });
});
