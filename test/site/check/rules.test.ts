import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { page, rulesFound, shop, soundLayout } from './check.ts';

const a = (body: string, fields = '') => ({ 'content/a.md': page('A page', body, fields) });

describe('a site without mistakes', () => {
  it('has no findings', async () => {
    const files = {
      ...a(
        'See [home](/), [below](#more), [b](b.md#far), <https://elsewhere.example/>.\n\n## More\n\n### Deeper\n\n| a |\n|--:|\n| 1 |\n\n![A cup](cup.svg)',
      ),
      'content/b.md': page('B', '## Far\n\n[mail](mailto:shop@shop.example) [call](tel:+37160000000)'),
      'content/cup.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    };
    expect(await rulesFound(files)).toEqual([]);
  });
});

describe('each mistake is found, with file and line', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['a link to nothing', a('Hello\n\n[x](/wdwdw) and'), ['content/a.md:7 broken-link']],
    ['a relative link to nothing', a('[x](../nothing/)'), ['content/a.md:5 broken-link']],
    ['a link with the site’s own host', a('[x](https://shop.example/gone/)'), ['content/a.md:5 broken-link']],
    ['a link in raw HTML', a('\n<p><a href="/gone/">x</a></p>'), ['content/a.md:6 broken-link']],
    [
      'a link in a layout',
      { 'layouts/page.hbs': soundLayout.replace('<main>', '\n<main><a href="/gone/">Gone</a>') },
      ['layouts/page.hbs:5 broken-link'],
    ],
    [
      'a link in the settings',
      { 'layouts/page.hbs': soundLayout.replace('<main>', '<main><a href="{{site.facts.shop}}">Gone</a>') },
      ['site.yaml:6 broken-link'],
    ],
    ['an empty link', a('A [word]() here'), ['content/a.md:5 empty-link']],
    ['a place that is not there', a('Hello [x](#nowhere)'), ['content/a.md:5 broken-anchor']],
    [
      'a place on another page',
      { ...a('[x](b.md#nowhere)'), 'content/b.md': page('B', '## Somewhere') },
      ['content/a.md:5 broken-anchor'],
    ],
    ['half an e-mail address', a('[write](mailto:shop)'), ['content/a.md:5 broken-link']],
    [
      'a link to a draft',
      { ...a('[x](/b/)'), 'content/b.md': page('B', 'x', 'draft: true\n') },
      ['content/a.md:5 link-to-absent-page'],
    ],
    [
      'a link to what is over',
      { ...a('[x](/b/)'), 'content/b.md': page('B', 'x', 'expiryDate: 2026-01-01\n') },
      ['content/a.md:5 link-to-absent-page'],
    ],
    [
      'a link to what is to come',
      { ...a('[x](/b/)'), 'content/b.md': page('B', 'x', 'publishDate: 2027-01-01\n') },
      ['content/a.md:5 link-to-absent-page'],
    ],
    [
      'a picture without words',
      {
        ...a('\n![](cup.svg)'),
        'content/cup.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      },
      ['content/a.md:6 missing-alt'],
    ],
    [
      'an HTML picture without words',
      {
        ...a('<p><img src="/cup.svg"></p>'),
        'static/cup.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      },
      ['content/a.md:5 missing-alt'],
    ],
    ['a picture that is not there', a('![A cup](cup.png)'), ['content/a.md:5 broken-image']],
    [
      'a picture that is none',
      { ...a('![A cup](cup.png)'), 'content/cup.png': 'not a picture' },
      ['content/a.md:5 unreadable-image'],
    ],
    ['a level left out', a('## Two\n\n#### Four'), ['content/a.md:7 heading-order']],
    ['a second main heading', a('# Again'), ['content/a.md:5 second-main-heading']],
    ['no main heading', a('Words', 'bare: true\n'), ['content/a.md: no-main-heading']],
    ['filler text', a('Hello.\n\nLorem ipsum dolor.'), ['content/a.md:7 placeholder-text']],
    ['a note to oneself', a('Open from TODO to six'), ['content/a.md:5 placeholder-text']],
    [
      'filler in a description',
      { 'content/a.md': '---\ntitle: A\ndescription: Your text here\n---\nx\n' },
      ['content/a.md:3 placeholder-text'],
    ],
    ['no description', { 'content/a.md': '---\ntitle: A\n---\nx\n' }, ['content/a.md: missing-description']],
    [
      'an empty description',
      { 'content/a.md': '---\ntitle: A\ndescription: ""\n---\nx\n' },
      ['content/a.md:3 missing-description'],
    ],
    [
      'a long title',
      { 'content/a.md': page('long '.repeat(20).trim(), 'x').replace(/All about .*/, 'About it.') },
      ['content/a.md:2 long-title'],
    ],
    [
      'a long description',
      { 'content/a.md': page('A', 'x').replace('All about A.', 'long '.repeat(40)) },
      ['content/a.md:3 long-description'],
    ],
    [
      'one title twice',
      { ...a('x'), 'content/b.md': page('A page', 'x') },
      ['content/b.md:2 duplicate-title'],
    ],
    [
      'a past event',
      a(
        'x',
        'events:\n  items:\n    - name: Fair\n      begins: 2026-05-01\n    - name: Feast\n      begins: 2026-06-01\n',
      ),
      ['content/a.md:7 past-event'],
    ],
    [
      'text that is hard to read',
      {
        'layouts/page.hbs': soundLayout.replace(
          '<main>',
          '<main>\n<p style="color: #aaa; background: #fff">pale</p>',
        ),
      },
      ['layouts/page.hbs:5 low-contrast'],
    ],
    [
      'no language',
      { 'layouts/page.hbs': soundLayout.replace(' lang="{{page.lang}}"', '') },
      ['content/_index.md: missing-language', 'site.yaml: missing-language'],
    ],
    [
      'another language',
      { 'layouts/page.hbs': soundLayout.replace('{{page.lang}}', 'de') },
      ['content/_index.md: wrong-language'],
    ],
    [
      'a block within a line',
      a('\n<span class="x"><div>block</div></span>'),
      ['content/a.md:6 html-element-permitted-content'],
    ],
    ['one id twice', a('<p id="one">a</p>\n\n<p id="one">b</p>'), ['content/a.md:5 html-no-dup-id']],
  ])('%s', async (_, files, expected) => {
    const settings = 'locales: [en]\nfacts: {shop: /gone/}\n';
    expect(await rulesFound(files, settings)).toEqual(expected);
  });

  it('a page that is not there in every language', async () => {
    const files = { 'content/_index.lv.md': page('Veikals', 'Sveiki'), ...a('x') };
    expect(await rulesFound(files, 'locales: [en, lv]\n')).toEqual(['content/a.md: missing-translation']);
  });

  it('what is wrong with a list, once and not on each of its parts', async () => {
    const entry = (n: number) => [`content/news/n${n}.md`, page(`N${n}`, 'Text', 'date: 2026-01-01\n')];
    const files = {
      ...Object.fromEntries([1, 2, 3].map(entry)),
      'content/_index.lv.md': page('Veikals', 'Sveiki.'),
      'content/news/_index.lv.md': page('Ziņas', 'Te būs ziņas.', 'paginate: 1\n'),
      'content/news/_index.md': '---\ntitle: News\npaginate: 1\n---\n[x](/nowhere/)\n',
    };
    const found = await rulesFound(files, 'locales: [en, lv]\n');
    expect(found.filter((one) => one.includes('news/_index.md'))).toEqual([
      'content/news/_index.md: missing-description',
      'content/news/_index.md:5 broken-link',
    ]);
  });

  it('a picture that is too heavy, as visitors get it', async () => {
    const site = shop(a('![Noise](noise.png)'));
    const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const;
    const wild = { create: { width: 1000, height: 1000, channels: 3 as const, background: 'teal', noise } };
    await sharp(wild).png({ compressionLevel: 0 }).toFile(site.path('sites/shop/content/noise.png'));
    const { shown } = await site.check();
    expect(shown.map(({ rule, line, severity, message }) => [rule, line, severity, message])).toEqual([
      ['large-image', 5, 'warning', expect.stringContaining('The picture /noise.png is sent with up to')],
    ]);
  }, 120_000);

  it('no picture that is heavy in its folder only', async () => {
    const site = shop(a('![Teal](teal.png)'));
    const plain = { create: { width: 600, height: 600, channels: 3 as const, background: 'teal' } };
    await sharp(plain).png({ compressionLevel: 0 }).toFile(site.path('sites/shop/content/teal.png'));
    expect((await site.check()).shown).toEqual([]);
  });

  it('a picture that only the telephone itself can show', async () => {
    const files = { ...a('![Oven](IMG_1.HEIC)'), 'content/IMG_1.HEIC': 'ftypheic' };
    expect(await rulesFound(files)).toEqual(['content/a.md:5 unshown-image']);
  });

  it('a drawing that is too heavy, as it is', async () => {
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--${'x'.repeat(600_000)}--></svg>`;
    const { shown } = await shop({ ...a('![Plan](plan.svg)'), 'content/plan.svg': drawing }).check();
    expect(shown.map(({ rule, line }) => [rule, line])).toEqual([['large-image', 5]]);
  });

  it('fields that do not fit, on every page at once', async () => {
    const files = {
      'content/a.md': '---\ntitle: A\ndate: soon\n---\n',
      'content/b.md': '---\ntitle: B\ndraft: perhaps\n---\n',
    };
    expect(await rulesFound(files)).toEqual(['content/a.md:3 page-invalid', 'content/b.md:3 page-invalid']);
  });

  it('a link to a page file that is not there', async () => {
    expect(await rulesFound(a('\n[x](nothing.md)'))).toEqual(['content/a.md:6 page-link-broken']);
  });
});
