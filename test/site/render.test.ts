import { describe, expect, it } from 'vitest';
import { testSite } from './support/workspace.ts';

const build = async (body: string, { front = '', settings = 'locales: [en]\n', files = {} } = {}) => {
  const site = testSite({ 'content/a.md': `---\ntitle: A\n${front}---\n${body}\n`, ...files }, settings);
  const html = site.read(await site.build(), 'a/index.html');
  return html.slice(html.indexOf('</h1>') + 5, html.lastIndexOf('</body>'));
};
const layout = async (text: string, front = '', files: Record<string, string> = {}) => {
  const site = testSite({
    'content/a.md': `---\ntitle: A\n${front}---\nText.\n`,
    'layouts/page.hbs': text,
    'layouts/404.hbs': 'none',
    'layouts/home.hbs': 'home',
    ...files,
  });
  return site.read(await site.build(), 'a/index.html');
};

describe('Markdown', () => {
  it('knows tables, strikethrough, bare links, heading ids and attributes', async () => {
    const html = await build(
      '## Kā nokļūt?\n\n~~old~~ https://x.example\n\n| a |\n|---|\n| b |\n\ntext {.note}',
    );
    expect(html).toContain('<h2 id="ka-noklut">Kā nokļūt?</h2>');
    expect(html).toContain('<s>old</s> <a href="https://x.example">https://x.example</a>');
    expect(html).toContain('<td>b</td>');
    expect(html).toContain('<p class="note">text</p>');
  });

  it('takes out what could run, and keeps what a text needs', async () => {
    const html = await build(
      '<h3 class="f4">Q</h3>\n\n<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\ntext {onclick=alert(1)}\n\n<a href="data:text/html,x">d</a>\n\n<iframe src="https://evil.example"></iframe>',
    );
    expect(html).toContain('<h3 class="f4">Q</h3>');
    expect(html).not.toMatch(/onerror|<script|href="javascript|onclick=|href="data:|<iframe/);
  });

  it('shows or allows raw HTML as the client’s settings say', async () => {
    const rule = (html: string) => ({ settings: `markdown: {html: ${html}}\n` });
    expect(await build('<u>x</u>', rule('escape'))).toContain('&lt;u&gt;x&lt;/u&gt;');
    expect(await build('<iframe></iframe>', rule('allow'))).toContain('<iframe></iframe>');
  });

  it('puts in data, escaped, and leaves braces in code alone', async () => {
    const files = { 'data/prices.yaml': 'stollen: 12.5\nname: <b>&\nurl: https://x.example/?a=1&b=2\n' };
    const html = await build(
      '{{data.prices.stollen}}, {{money data.prices.stollen "EUR"}}, {{data.prices.name}}, [x]({{data.prices.url}})\n\n`{{code}}`\n\n    {{block}}\n\n<p>{{data.prices.stollen}}</p>',
      { files },
    );
    expect(html).toContain(
      '<p>12.5, €12.50, &lt;b&gt;&amp;, <a href="https://x.example/?a=1&amp;b=2">x</a></p>',
    );
    expect(html).toContain('<code>{{code}}</code>');
    expect(html).toContain('{{block}}');
    expect(html).toContain('<p>12.5</p>');
  });

  it.each([
    ['{{data.prices.cake}}', 'there is no "cake" here'],
    ['{{constructor}}', 'there is no "constructor" here'],
    ['{{page.constructor.name}}', 'there is no "name" here'],
    ['{{#if page}}x{{/if}}', 'braces can only show a value'],
    ['{{nothing "x"}}', 'there is no "nothing" here'],
  ])('refuses %s with file and line', async (text, problem) => {
    const built = build(`One.\n\n${text}`, { files: { 'data/prices.yaml': 'a: 1\n' } });
    await expect(built).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' });
    await expect(built).rejects.toThrow(`sites/shop/content/a.md, line 6: `);
    await expect(built).rejects.toThrow(problem);
  });

  it('never runs a link that comes from data', async () => {
    const files = { 'data/x.yaml': 'url: "javascript:alert(1)"\n' };
    expect(await build('[x]({{data.x.url}})', { files })).toContain('<a href="">x</a>');
  });

  it('finds pages by their files, in the reader’s language', async () => {
    const files = {
      'content/b.md': '---\ntitle: B\n---\n',
      'content/b.lv.md': '---\ntitle: B\n---\n',
      'content/a.lv.md': '---\ntitle: A\n---\n[b](b.md#x)\n',
    };
    const settings = 'locales: [en, lv]\n';
    expect(await build('[b](b.md#x) [q](./b.md?y)', { files, settings })).toContain(
      '<a href="/b/#x">b</a> <a href="/b/?y">q</a>',
    );
    const site = testSite({ 'content/a.md': '', ...files }, settings);
    expect(site.read(await site.build(), 'lv/a/index.html')).toContain('<a href="/lv/b/#x">');
  });
});

describe('layouts', () => {
  it.each([
    ['an unknown value', 'x\n{{page.nothing}}', 'line 2', 'there is no "nothing" here'],
    ['a value of a prototype', '{{page.toString}}', 'line 1', 'there is no "toString" here'],
    ['an unknown helper', 'x\n\n{{shout page.title}}', 'line 3', 'there is no "shout" here'],
    ['braces that do not close', 'x\n{{#if page}}', 'line 2', ''],
    ['a helper’s own complaint', '{{date page.title "long"}}', 'line 1', '"A" is not a date'],
  ])('tells of %s with file and line', async (_, text, line, problem) => {
    const built = layout(text);
    await expect(built).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' });
    await expect(built).rejects.toThrow(`sites/shop/layouts/page.hbs, ${line}`);
    await expect(built).rejects.toThrow(problem);
  });

  it('names the partial whose line is at fault, and the layout whose block is', async () => {
    const partials = {
      'partials/inner.hbs': '\n\n{{nope}}',
      'partials/frame.hbs': '<p>\n{{> @partial-block}}</p>',
    };
    await expect(layout('{{> inner}}', '', partials)).rejects.toThrow(
      'sites/shop/partials/inner.hbs, line 3',
    );
    await expect(layout('{{#> frame}}\n\n\n{{nope}}{{/frame}}', '', partials)).rejects.toThrow(
      'sites/shop/layouts/page.hbs, line 4',
    );
  });

  it('tells of a partial that is not there, with the near names', async () => {
    await expect(layout('x\n{{> bsae}}')).rejects.toMatchObject({
      code: 'PARTIAL_MISSING',
      message: expect.stringContaining('line 2: there is no partial "bsae"'),
      hint: 'Did you mean "base"?',
    });
  });

  it('may ask for what is absent, at any depth', async () => {
    expect(await layout('{{#if page.a.b.c}}yes{{else}}no{{/if}}{{default page.x.y "-"}}')).toBe('no-');
  });

  it('formats in the page’s language and the client’s zone', async () => {
    const text =
      '{{date page.date "datetime"}}|{{money 4.5 "EUR"}}|{{number 1234.5}}|{{weekday "mon"}}|{{date "2026-11-21"}}';
    expect(await layout(text, 'date: 2017-01-04T22:30:00.000Z\n')).toBe(
      'January 5, 2017 at 12:30 AM|€4.50|1,234.5|Monday|November 21, 2026',
    );
  });

  it('writes JSON that cannot end its script element', async () => {
    expect(await layout('{{json page.x}}', 'x: "</script><!--"\n')).toBe('"\\u003c/script\\u003e\\u003c!--"');
  });

  it('arranges lists', async () => {
    const front = 'rows: [{k: a, n: 1}, {k: b, n: 2}, {k: a, n: 3}]\n';
    const text =
      '{{#each (groupBy page.rows "k")}}{{key}}:{{#each items}}{{n}}{{/each}} {{/each}}{{#each (limit (where page.rows "k" "a") 1)}}{{n}}{{/each}} {{join page.tags "/"}} {{get page "rows.1.n"}}';
    expect(await layout(text, `${front}tags: [x, y]\n`)).toBe('a:13 b:2 1 x/y 2');
  });

  it('gives the fields of a page that has no text as sections', async () => {
    const front = [
      'intro: {heading: Hi, description: "**Bold**", blurbs: [{image: /i.svg, text: One}, {text: Two}]}',
      'values: [{heading: Fair, text: We pay, imageUrl: fair.jpg}]',
      'testimonials: [{author: Ann, quote: Good}]',
      'pricing: {plans: [{plan: Small, price: "50", items: [a, b]}]}',
      'main: {image1: {alt: Cup, image: /c.jpg}}',
      '',
    ].join('\n');
    const text =
      '{{#each page.sections}}[{{name}}|{{heading}}|{{markdown text inline=true}}{{#each images}}|{{src}} {{alt}}{{/each}}{{#each items}}|{{heading}} {{text}} {{this.image}} {{cite}} {{join points "+"}}{{#each details}} {{name}}={{value}}{{/each}}{{/each}}]{{/each}}';
    expect(await layout(text, front)).toBe(
      '[intro|Hi|<strong>Bold</strong>| One /i.svg  | Two   ][values|||Fair We pay fair.jpg  ][testimonials||| Good  Ann ][pricing|||Small    a+b price=50][main|||/c.jpg Cup]',
    );
  });

  it('tells search engines of the business', async () => {
    const site = testSite(
      { 'content/_index.md': '---\ntitle: Home\n---\n' },
      'locales: [en]\nfacts:\n  type: Bakery\n  phone: "+371 20000000"\n  address: {street: 1 Bean Street, city: Riga, country: LV}\n  hours: {mon: "08:00–18:00", sun: closed}\n',
    );
    const html = site.read(await site.build(), 'index.html');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'Bakery',
      telephone: '+371 20000000',
      address: { streetAddress: '1 Bean Street', addressCountry: 'LV' },
      openingHoursSpecification: [{ dayOfWeek: 'Monday', opens: '08:00', closes: '18:00' }],
    });
  });
});

describe('menus', () => {
  const menu = async (files: Record<string, string>, settings = '') => {
    const site = testSite(files, `locales: [en]\n${settings}`);
    const html = site.read(await site.build(), 'index.html');
    return [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)].map(([, url, label]) => `${label} ${url}`);
  };
  const pages = {
    'content/b/_index.md': '---\ntitle: Bee\nmenu: {main: {weight: 2, name: Honey}}\n---\n',
    'content/c.md': '---\ntitle: Sea\nmenu: main\nweight: 1\n---\n',
    'content/d.md': '---\ntitle: Dee\n---\n',
  };
  it('are what the pages’ fields say', async () => {
    expect(await menu(pages)).toEqual(['Sea /c/', 'Honey /b/']);
  });
  it('are what the client’s settings say, which win', async () => {
    expect(await menu(pages, 'menu: [{page: d, label: {en: First}}, {page: b}]\n')).toEqual([
      'First /d/',
      'Honey /b/',
    ]);
  });
  it('are the pages below the home page where nobody says', async () => {
    expect(
      await menu({ 'content/d.md': pages['content/d.md'], 'content/x/e.md': '---\ntitle: E\n---\n' }),
    ).toEqual(['Dee /d/', 'X /x/']);
  });
  it('come by further names too', async () => {
    const files = { 'content/l.md': '---\ntitle: Legal\nmenu: footer\n---\n', ...pages };
    const text =
      '{{#each site.menus.footer}}<a href="{{url}}">{{label}}</a>{{/each}}{{#each site.menus.none}}x{{/each}}';
    expect(await menu({ ...files, 'layouts/page.hbs': text })).toEqual(['Legal /l/']);
  });
  it('refuse a page that is not there', async () => {
    await expect(menu(pages, 'menu: [{page: dd}]\n')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
  });
});
