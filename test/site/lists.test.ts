import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type TestSite, testSite } from './support/workspace.ts';

const list =
  '{{{head.html}}}{{#if page.paginator}}<p>{{page.paginator.number}}/{{page.paginator.total}} of {{page.paginator.count}}</p>{{#each page.paginator.pages}}<li>{{title}}</li>{{/each}}{{#each page.paginator.parts}}<a href="{{url}}">{{label}}</a>{{/each}}{{/if}}{{{content}}}';
const layouts = {
  'layouts/section.hbs': list,
  'i18n/en.yaml': 'pageNumber: page {n}\ntagDescription: About {tag}.\n',
  'i18n/lv.yaml': 'pageNumber: "{n}. lapa"\ntagDescription: Par {tag}.\n',
};
const article = (title: string, date: string, more = '') =>
  `---\ntitle: ${title}\ndate: ${date}\n${more}---\nText.\n`;

function newsSite(paginate: string, files: Readonly<Record<string, string>> = {}): TestSite {
  const site = testSite(
    {
      'content/news/_index.md': `---\ntitle: News\ndescription: What is new.\npaginate: ${paginate}\n---\nHello.\n`,
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].map((n) => [`content/news/n${n}.md`, article(`N${n}`, `2026-01-0${n}`)]),
      ),
      ...files,
    },
    'locales: [en, lv]\nkinds: {recipe: {folder: recipes}}\n',
  );
  site.theme(layouts);
  return site;
}

const titles = (html: string) => [...html.matchAll(/<li>(.*?)<\/li>/g)].map(([, title]) => title);

describe('a page that lists others in parts', () => {
  it('has further pages with addresses, titles and neighbours of their own', async () => {
    const site = newsSite('2');
    const result = await site.build();
    const parts = ['news/index.html', 'news/page/2/index.html', 'news/page/3/index.html'].map((path) =>
      site.read(result, path),
    );
    expect(parts.map(titles)).toEqual([['N5', 'N4'], ['N3', 'N2'], ['N1']]);
    const [first = '', second = '', third = ''] = parts;
    expect(first).toContain('<p>1/3 of 5</p>');
    expect(first).toContain('<title>News – The Shop</title>');
    expect(first).not.toContain('rel="prev"');
    expect(first).toContain('<link rel="next" href="https://shop.example/news/page/2/">');
    expect(second).toContain('<title>News, page 2 – The Shop</title>');
    expect(second).toContain('content="What is new. (page 2)"');
    expect(second).toContain('<link rel="canonical" href="https://shop.example/news/page/2/">');
    expect(second).toContain('<link rel="prev" href="https://shop.example/news/">');
    expect(second).toContain('<link rel="next" href="https://shop.example/news/page/3/">');
    expect(third).not.toContain('rel="next"');
    expect(result.release.files.has('news/page/4/index.html')).toBe(false);
  });

  it('stands in the sitemap with all parts, and is listed itself only once', async () => {
    const site = newsSite('2', {
      'layouts/home.hbs':
        '{{#each site.pages}}<li>{{url}}</li>{{/each}}{{#each site.menu}}<b>{{url}}</b>{{/each}}',
    });
    const result = await site.build();
    const sitemap = site.read(result, 'sitemap.xml');
    expect([...sitemap.matchAll(/<loc>([^<]*page[^<]*)</g)].map(([, url]) => url)).toEqual([
      'https://shop.example/news/page/2/',
      'https://shop.example/news/page/3/',
    ]);
    const home = site.read(result, 'index.html');
    expect(titles(home).filter((url) => url?.includes('/page/'))).toEqual([]);
    expect([...home.matchAll(/<b>(.*?)<\/b>/g)].map(([, url]) => url)).toEqual(['/news/']);
    expect(site.read(result, 'feed.xml').match(/<entry>/g)).toHaveLength(5);
  });

  it('knows the same part in another language, where there is one', async () => {
    const latvian = Object.fromEntries(
      [1, 2, 3].map((n) => [`content/news/n${n}.lv.md`, article(`Z${n}`, `2026-01-0${n}`)]),
    );
    const site = newsSite('2', {
      'content/news/_index.lv.md': '---\ntitle: Ziņas\npaginate: 2\n---\n',
      ...latvian,
    });
    const result = await site.build();
    const second = site.read(result, 'lv/news/page/2/index.html');
    expect(titles(second)).toEqual(['Z1']);
    expect(second).toContain('<title>Ziņas, 2. lapa – The Shop</title>');
    expect(second).toContain('href="https://shop.example/news/page/2/" hreflang="en"');
    expect(site.read(result, 'news/page/3/index.html')).not.toContain('hreflang');
  });

  it.each([
    ['its own pages by title', '{size: 3, sort: title}', ['N1', 'N2', 'N3']],
    ['a folder, the oldest first', '{section: news, size: 2, sort: oldest}', ['N1', 'N2']],
    ['a kind of page', '{collection: recipe}', ['Rye']],
    ['a tag', '{tag: Holidays, sort: newest}', ['Rye', 'Tagged']],
    ['nothing, where nothing has the tag', '{tag: none}', []],
  ])('lists %s', async (_, paginate, expected) => {
    const site = newsSite(paginate, {
      'content/recipes/rye.md': article('Rye', '2026-02-01', 'tags: holidays\n'),
      'content/other.md': article('Tagged', '2025-02-01', 'tags: [bread, holidays]\n'),
    });
    const result = await site.build();
    expect(titles(site.read(result, 'news/index.html'))).toEqual(expected);
  });

  it.each([
    ['{section: nwes}', 'there is no section "nwes"', 'Did you mean "news"?'],
    ['{collection: cake}', 'there is no collection "cake"', 'Write a kind of page'],
    ['{tag: a, section: news}', 'a list is of one thing', ''],
    ['{sort: random}', '"random" is no order', 'newest'],
    ['{per: 3}', '"per" is nothing that a list knows', 'size'],
    ['0', '"0" is no number of entries', 'paginate: 10'],
    ['{size: 2.5}', '"2.5" is no number of entries', ''],
  ])('refuses %s with the line', async (paginate, problem, hint) => {
    await expect(newsSite(paginate).build()).rejects.toMatchObject({
      code: 'PAGE_INVALID',
      message: expect.stringContaining(`sites/shop/content/news/_index.md, line 4`),
      hint: expect.stringContaining(hint),
    });
    await expect(newsSite(paginate).build()).rejects.toThrow(problem);
  });

  it('is made again with all its parts where a page comes, goes or changes its text', async () => {
    const site = newsSite('2');
    await site.build();
    const changes: Readonly<Record<string, string | null>>[] = [
      { 'content/news/n6.md': article('N6', '2026-01-06') },
      { 'content/news/n1.md': null },
      {
        'content/news/_index.md':
          '---\ntitle: News\ndescription: What is new.\npaginate: 2\n---\nHello again.\n',
      },
      { 'content/news/n2.md': article('N2', '2026-03-01') },
      { 'content/news/_index.md': '---\ntitle: News\ndescription: What is new.\n---\nHello again.\n' },
    ];
    for (const change of changes) {
      site.write(change);
      const again = (await site.build()).release.digest;
      const kept = site.path('.sec');
      rmSync(kept, { recursive: true });
      expect((await site.build()).release.digest).toBe(again);
    }
  });
});

describe('a tag', () => {
  const tagged = {
    'content/a.md': article('A', '2026-01-01', 'tags: [Rye bread, Ķirši]\n'),
    'content/b.md': article('B', '2026-01-02', 'tags: [rye bread]\n'),
    'content/c.lv.md': article('C', '2026-01-02', 'tags: [maize]\n'),
    'layouts/tag.hbs': list,
    'layouts/article.hbs': '{{#each page.tagPages}}<a href="{{url}}">{{label}}</a>{{/each}}',
  };

  it('has a page that lists what has it, in each language, where the theme has a layout for it', async () => {
    const site = newsSite('2', tagged);
    const result = await site.build();
    const html = site.read(result, 'tags/rye-bread/index.html');
    expect(titles(html)).toEqual(['B', 'A']);
    expect(html).toContain('<title>Rye bread – The Shop</title>');
    expect(html).toContain('content="About Rye bread."');
    expect(site.read(result, 'lv/tags/maize/index.html')).toContain('content="Par maize."');
    expect(result.release.files.has('tags/maize/index.html')).toBe(false);
    expect(site.read(result, 'a/index.html')).toBe(
      '<a href="/tags/rye-bread/">Rye bread</a><a href="/tags/kirsi/">Ķirši</a>',
    );
    expect(site.read(result, 'sitemap.xml')).toContain('https://shop.example/tags/rye-bread/');
  });

  it('goes with the last page that has it', async () => {
    const site = newsSite('2', tagged);
    expect((await site.build()).release.files.has('tags/kirsi/index.html')).toBe(true);
    site.write({ 'content/a.md': article('A', '2026-01-01', 'tags: [rye bread]\n') });
    const { files, digest } = (await site.build()).release;
    expect(files.has('tags/kirsi/index.html')).toBe(false);
    rmSync(site.path('.sec'), { recursive: true });
    expect((await site.build()).release.digest).toBe(digest);
  });

  it('gives way to a page of the client’s own', async () => {
    const site = newsSite('2', {
      ...tagged,
      'content/tags/rye-bread.md': '---\ntitle: All about rye\nlayout: page\n---\nMine.\n',
    });
    expect(site.read(await site.build(), 'tags/rye-bread/index.html')).toContain('Mine.');
  });

  it('has no page where the theme has no layout for one', async () => {
    const site = newsSite('2', { ...tagged, 'layouts/tag.hbs': '' });
    rmSync(site.path('sites/shop/layouts/tag.hbs'));
    const result = await site.build();
    expect([...result.release.files.keys()].filter((path) => path.includes('tags/'))).toEqual([]);
    expect(site.read(result, 'a/index.html')).toBe('<a href="">Rye bread</a><a href="">Ķirši</a>');
  });
});
