import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { picture } from './support/pictures.ts';
import { type TestSite, testSite } from './support/workspace.ts';

/** One edit: files below the client's folder, or below the theme's; null removes one. */
interface Edit {
  readonly site?: Readonly<Record<string, string | Uint8Array | null>>;
  readonly theme?: Readonly<Record<string, string | null>>;
}

const settings = 'locales: [lv, en]\nfacts: {place: {city: Rīga}}\n';
const start: Record<string, string> = {
  'content/_index.md': '---\ntitle: Home\n---\n[news](news/n1.md) {{data.prices.cake}}\n',
  'content/_index.en.md': '---\ntitle: Home\n---\n',
  'content/news/_index.md': '---\ntitle: News\n---\n',
  'content/news/n1.md':
    '---\ntitle: One\ndate: 2026-01-01\n---\n{{data.prices.cake}} [f](f.txt) ![p](p.svg)\n',
  'content/news/n1.en.md': '---\ntitle: One\ndate: 2026-01-01\n---\nText.\n',
  'content/news/n2.md': '---\ntitle: Two\ndate: 2026-02-01\n---\nText.\n',
  'data/prices.yaml': 'cake: 4.50\nbun: 1.00\n',
  'data/hours.yaml': 'mon: 8-18\n',
  'data/odd.yaml': 'number: .inf\nzero: -0\n',
};
const layouts = {
  'layouts/page.hbs':
    '{{#> base}}{{page.title}} {{page.layout}} {{{content}}}{{#if page.previous}}<{{page.previous.title}}{{/if}}{{#if page.next}}>{{page.next.title}}{{/if}}{{#each page.translations}}{{lang}}{{url}}{{/each}}{{/base}}',
  'layouts/section.hbs':
    '{{#> base}}{{#> extra}}none{{/extra}}{{page.title}}{{#each page.children}}{{title}}{{url}}{{/each}}{{#each page.paginator.pages}}{{title}}{{/each}}{{/base}}',
  'layouts/tag.hbs': '{{page.title}}{{{head.html}}}{{#each page.paginator.pages}}{{title}}{{/each}}',
  'layouts/home.hbs':
    '{{#> base}}{{{content}}}{{#each site.pages}}{{title}}{{/each}}{{data.hours.mon}}{{t.hello}}{{site.year}}{{/base}}',
  'i18n/en.yaml': 'hello: Hello\n',
};

const small = await picture(70, 40).png().toBuffer();
const wide = await picture(72, 40, 60)
  .withExif({ IFD0: { Artist: 'Ilze' } })
  .jpeg()
  .toBuffer();

const title = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Ķirši');
const page = (path: string): fc.Arbitrary<Edit> =>
  fc
    .record({
      title,
      weight: fc.nat(3),
      draft: fc.boolean(),
      extra: fc.constantFrom(
        '',
        'slug: moved\n',
        'layout: section\n',
        'menu: main\n',
        'date: 2026-03-01\n',
        'image: p.png\n',
        'tags: [A, b]\n',
      ),
      body: fc.constantFrom(
        'A',
        'B',
        '{{data.prices.bun}}',
        '{{t.hello}}',
        '{{site.year}}',
        '{{site.pages.[0].title}}',
        '{{site.facts.place}} {{site.facts.place.city}} {{site.menus.main.[0]}}',
        '<b onclick="run()">raw</b> {{page.title}}',
        '[one](n1.md) ![p](p.svg) [f](f.txt)',
        '{{data.odd.number}} {{data.odd.zero}} {{money data.odd.zero "EUR"}}',
        '{{none}}',
        '![p](p.png)',
        '![p](/p.png) ![p](p.png)',
        '{{image "p.png"}}',
        '---\ntitle: No field\n---',
      ),
    })
    .map((f) => ({
      site: {
        [path]: `---\ntitle: ${f.title}\nweight: ${f.weight}\ndraft: ${f.draft}\n${f.extra}---\n${f.body}\n`,
      },
    }));

const edit: fc.Arbitrary<Edit> = fc.oneof(
  page('content/news/n2.md'),
  page('content/news/n3.md'),
  page('content/news/n3.en.md'),
  page('content/about.md'),
  fc.constantFrom<Edit>(
    { site: { 'content/news/n2.md': null } },
    { site: { 'content/news/n2.md': '<!-- by Anna -->\n---\ntitle: Under a comment\n---\nText\n' } },
    { site: { 'content/news/n2.md': '<!-- by Anna -->\n---\ntitle: Another title\n---\nText\n' } },
    { site: { 'content/news/n2.md': '\n\n---\ntitle: Below blank lines\nmenu: main\n---\nText\n' } },
    { site: { 'content/news/n2.md': '\n\n---\ntitle: Below them\nmenu: footer\n---\nText\n' } },
    { site: { 'content/news/n3.md': null } },
    { site: { 'content/news/_index.md': null } },
    { site: { 'content/news/_index.md': start['content/news/_index.md'] as string } },
    { site: { 'data/hours.yaml': 'mon: 9-17\n' } },
    { site: { 'data/en/hours.yaml': 'mon: 10-12\n' } },
    { site: { 'data/en/hours.yaml': null } },
    { site: { 'data/prices.yaml': 'cake: 5\nbun: 1.20\n' } },
    { site: { 'layouts/section.hbs': '{{page.title}}!' } },
    { site: { 'layouts/section.hbs': null } },
    { site: { 'layouts/article.hbs': 'Article {{page.title}} {{{content}}}' } },
    { site: { 'layouts/article.hbs': null } },
    { site: { 'partials/base.hbs': '<b>{{> @partial-block}}</b>{{#each site.menu}}{{label}}{{/each}}' } },
    { site: { 'partials/base.hbs': null } },
    { site: { 'content/news/_index.md': '---\ntitle: News\npaginate: 1\n---\nA\n' } },
    { site: { 'content/news/_index.md': '---\ntitle: News\npaginate: 1\n---\nB {{image "p.png"}}\n' } },
    { site: { 'content/list.md': '---\ntitle: List\npaginate: {tag: B, size: 1, sort: title}\n---\n' } },
    { theme: { 'layouts/tag.hbs': null } },
    { site: { 'content/news/f.txt': 'file' } },
    { site: { 'content/news/f.txt': null } },
    {
      site: {
        'static/f.txt': 'file',
        'static/p.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>',
      },
    },
    { site: { 'static/p.svg': null } },
    { site: { 'content/news/p.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="1"/>' } },
    { site: { 'content/news/p.png': small } },
    { site: { 'content/news/p.png': wide } },
    { site: { 'content/news/p.png': null } },
    { site: { 'static/p.png': wide } },
    { site: { 'static/p.png': null } },
    { site: { 'partials/extra.hbs': 'extra' } },
    { site: { 'partials/extra.hbs': null } },
    { site: { 'site.yaml': null } },
    { theme: { 'assets/main.css': 'body{color:red}' } },
    { theme: { 'i18n/en.yaml': 'hello: Hi\n' } },
    { theme: { 'i18n/lv.yaml': 'hello: Sveiki\n' } },
  ),
);

function apply(site: TestSite, { site: own = {}, theme = {} }: Edit): void {
  if ('site.yaml' in own)
    site.write({
      'site.yaml': `name: The Shop\nurl: https://shop.example\ntheme: tiny\nlocales: [lv, en]\nfacts: {phone: "1"}\nmenu: [{page: news/n1}]\n`,
    });
  else site.write(own);
  site.theme(theme);
}

const outcome = (site: TestSite, settledMs?: number) =>
  site.build({ settledMs }).then(
    ({ release, content }) => {
      for (const [path, { sha256 }] of release.files)
        expect(
          createHash('sha256')
            .update(readFileSync(content.locate(path)))
            .digest('hex'),
        ).toBe(sha256);
      return release.digest;
    },
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

/** What can become of the files that save work. */
const harms: Readonly<Record<string, (build: string) => void>> = {
  nothing: () => {},
  'one of them is cut short': (build) => {
    for (const name of ['site.bin', 'last.bin', 'files.bin', 'fronts.bin'])
      if (existsSync(join(build, name)) && statSync(join(build, name)).size % 2 === 0)
        truncateSync(join(build, name), Math.floor(statSync(join(build, name)).size / 2));
  },
  'a built file is deleted': (build) => {
    const [name] = existsSync(build) ? readdirSync(join(build, 'objects')) : [];
    if (name) rmSync(join(build, 'objects', name));
  },
};

describe('building again', () => {
  it.each([
    ['and every file is read', undefined, 'nothing'],
    ['and files that rest are not read again', 0, 'nothing'],
    ['also where what is kept is broken', 0, 'one of them is cut short'],
    ['also where what was built is gone', 0, 'a built file is deleted'],
  ])(
    'gives what a clean build gives, whatever was edited in between, %s',
    async (_, settledMs, harm) => {
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
          const kept = testSite(start, settings);
          const clean = testSite(start, settings);
          for (const site of [kept, clean]) site.theme(layouts);
          await outcome(kept, settledMs);
          for (const one of edits) {
            harms[harm]?.(kept.path('.sec/clients/shop/build'));
            apply(kept, one);
            apply(clean, one);
            rmSync(clean.path('.sec'), { recursive: true, force: true });
            expect(await outcome(kept, settledMs)).toBe(await outcome(clean));
          }
        }),
        { numRuns: 15 },
      );
    },
    120_000,
  );

  it('renders only what an edit reaches', async () => {
    const site = testSite(start, settings);
    site.theme(layouts);
    const first = await site.build();
    expect(first.pages).toEqual({ total: 8, rendered: 8, reused: 0 });
    expect((await site.build()).pages).toEqual({ total: 8, rendered: 0, reused: 8 });

    site.write({ 'content/news/n2.md': '---\ntitle: Two\ndate: 2026-02-01\n---\nOther text.\n' });
    expect((await site.build()).pages).toMatchObject({ rendered: 1 });

    site.write({ 'data/prices.yaml': 'cake: 5.00\nbun: 1.00\n' });
    expect((await site.build()).pages).toMatchObject({ rendered: 2 });

    site.theme({ 'layouts/section.hbs': 'x' });
    expect((await site.build()).pages).toMatchObject({ rendered: 2 });
  });

  it('makes anew only the pages that show a title, under the theme that ships', async () => {
    const news = (n: number, title: string) => ({
      [`content/news/n${n}.md`]: `---\ntitle: ${title}\ndate: 2026-01-0${n}\n---\nText.\n`,
    });
    const site = testSite({
      'content/_index.md': '---\ntitle: Home\n---\n',
      'content/contact.md': '---\ntitle: Contact\nmenu: main\n---\n',
      'content/privacy.md': '---\ntitle: Privacy\nmenu: footer\n---\n',
      ...news(1, 'One'),
      ...news(2, 'Two'),
      ...news(3, 'Three'),
      ...news(4, 'Four'),
    });
    site.write({
      'site.yaml': 'name: The Shop\nurl: https://shop.example\ntheme: default\nlocales: [en]\n',
    });
    await site.build();
    site.write(news(1, 'Uno'));
    const { pages, release } = await site.build();
    // The page itself, the one beside it, the list that it is in, and the home page.
    expect(pages).toMatchObject({ rendered: 4 });
    expect(release.files.size).toBeGreaterThan(8);
    site.write({ 'content/privacy.md': '---\ntitle: Your data\nmenu: footer\n---\n' });
    expect(await site.build().then((built) => site.read(built, 'contact/index.html'))).toContain('Your data');
  });

  it('finds files that come, go and move beside a page', async () => {
    const site = testSite({ 'content/a/index.md': '---\ntitle: A\n---\n[f](menu.txt) ![p](cup.svg)\n' });
    const html = async () => site.read(await site.build(), 'a/index.html');
    expect(await html()).toContain('<a href="menu.txt">');
    site.write({
      'content/a/menu.txt': 'Tea',
      'content/a/cup.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
    });
    expect(await html()).toContain(
      '<a href="/a/menu.txt">f</a> <img src="/a/cup.svg" alt="p" width="4" height="3"',
    );
    site.write({ 'content/a/menu.txt': null, 'content/a/cup.svg': null, 'static/menu.txt': 'Tea' });
    expect(await html()).toContain('<a href="/menu.txt">f</a> <img src="cup.svg" alt="p" loading');
  });

  it('notices a partial that takes the place of a call’s own fallback', async () => {
    const site = testSite({
      'content/a.md': '---\ntitle: A\n---\n',
      'layouts/page.hbs': '{{#> extra}}none{{/extra}}',
    });
    const html = async () => site.read(await site.build(), 'a/index.html');
    expect(await html()).toBe('none');
    site.write({ 'partials/extra.hbs': 'some' });
    expect(await html()).toBe('some');
  });

  it('shows another moment without rendering what does not change with it', async () => {
    const site = testSite({
      'content/a.md': '---\ntitle: A\n---\n',
      'content/b.md': '---\ntitle: B\npublishDate: 2026-07-01\n---\n',
    });
    const before = await site.build();
    const after = await site.build({ clock: { now: () => Temporal.Instant.from('2026-07-02T00:00:00Z') } });
    expect(after.release.digest).not.toBe(before.release.digest);
    expect((await site.build()).release.digest).toBe(before.release.digest);
  });
});
