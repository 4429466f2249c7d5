import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSecError } from '../../src/core/errors/index.ts';
import { testSite } from './support/workspace.ts';

interface Expected {
  readonly code: string;
  /** What the message begins with, or holds: file, line, column and field where they are known. */
  readonly says: string | RegExp;
  readonly hint?: string | RegExp;
}

const good = { 'content/_index.md': '---\ntitle: Home\n---\nHello.\n' };
const page = (fields: string, body = 'Words.\n') => ({ 'content/a.md': `---\n${fields}---\n${body}` });
const A = 'sites/shop/content/a.md';

const cases: [string, Record<string, string>, Expected][] = [
  [
    'a tab in the fields',
    page('title: A\nx:\n\ty: 1\n'),
    { code: 'YAML_BROKEN', says: `${A}, line 4, column 1: a tab` },
  ],
  [
    'a quote that is not closed',
    page('title: "A\n'),
    { code: 'YAML_BROKEN', says: new RegExp(`^${A}, line \\d, column \\d`) },
  ],
  [
    'a field that stands twice',
    page('title: A\ntitle: B\n'),
    { code: 'YAML_BROKEN', says: `${A}, line 3, column 1: the same field` },
  ],
  ['a colon in a value', page('title: A: B\n'), { code: 'YAML_BROKEN', says: `${A}, line 2, column` }],
  [
    'fields that are not closed',
    { 'content/a.md': '---\ntitle: A\nWords\n' },
    { code: 'FRONT_MATTER_OPEN', says: `${A}, line 1` },
  ],
  ['fields that are a list', page('- a\n- b\n'), { code: 'PAGE_INVALID', says: `${A}, line 2` }],
  [
    'fields in TOML',
    { 'content/a.md': '+++\ntitle = "A"\n+++\n' },
    { code: 'FRONT_MATTER_REFUSED', says: `${A}, line 1` },
  ],
  [
    'fields in JavaScript',
    { 'content/a.md': '---js\n({title: 1})\n---\n' },
    { code: 'FRONT_MATTER_REFUSED', says: `${A}, line 1` },
  ],
  [
    'a date that is none',
    page('title: A\ndate: 2026-02-31\n'),
    { code: 'PAGE_INVALID', says: `${A}, line 3, column 1, field "date"`, hint: '2026-11-21' },
  ],
  [
    'a title that is a list',
    page('title: [A]\n'),
    { code: 'PAGE_INVALID', says: `${A}, line 2, column 1, field "title"` },
  ],
  [
    'a draft that is neither',
    page('title: A\ndraft: maybe\n'),
    { code: 'PAGE_INVALID', says: `${A}, line 3, column 1, field "draft"`, hint: 'draft: true' },
  ],
  [
    'a weight that is no number',
    page('title: A\nweight: first\n'),
    { code: 'PAGE_INVALID', says: `${A}, line 3, column 1, field "weight"` },
  ],
  [
    'a slug that leads out',
    page('title: A\nslug: ../b\n'),
    { code: 'ADDRESS_UNSAFE', says: `${A}, line 3, column 1, field "slug"` },
  ],
  [
    'an address that leads out',
    page('title: A\nurl: /../b/\n'),
    { code: 'ADDRESS_UNSAFE', says: `${A}, line 3, column 1, field "url"` },
  ],
  [
    'an alias that leads out',
    page('title: A\naliases: [/../b/]\n'),
    { code: 'ADDRESS_UNSAFE', says: `${A}, line 3, column 1, field "aliases"` },
  ],
  [
    'a layout that is not there',
    page('title: A\nlayout: pgae\n'),
    { code: 'LAYOUT_MISSING', says: `${A}, line 3, column 1, field "layout"`, hint: 'Did you mean "page"?' },
  ],
  [
    'a link to a page that is not there',
    page('title: A\n', 'One\n\n[x](hoem.md)\n'),
    { code: 'PAGE_LINK_BROKEN', says: `${A}, line 6: there is no page "hoem.md"` },
  ],
  [
    'a link out of the folder',
    page('title: A\n', '[x](../../../b.md)\n'),
    { code: 'LINK_OUTSIDE', says: `${A}, line 4` },
  ],
  [
    'a value that is not there',
    page('title: A\n', 'One\n\nOnly {{data.prices.rye}}\n'),
    { code: 'TEMPLATE_FAILED', says: `${A}, line 6: {{data.prices.rye}}` },
  ],
  [
    'a value in a field’s text',
    {
      ...page('title: A\nintro: "{{nothing.here}}"\n'),
      'layouts/page.hbs': '{{{markdown (default page.intro "")}}}',
    },
    { code: 'TEMPLATE_FAILED', says: A },
  ],
  [
    'two pages with one address',
    { ...page('title: A\n'), 'content/a/index.md': '---\ntitle: B\n---\n' },
    {
      code: 'ADDRESS_TWICE',
      says: /\/a\/ belongs to more than one file: sites\/shop\/content\/a.*\.md and sites\/shop\/content\/a/,
    },
  ],
  [
    'an unknown variable in a layout',
    { 'layouts/page.hbs': 'a\nb {{pgae.title}}' },
    { code: 'TEMPLATE_FAILED', says: 'sites/shop/layouts/page.hbs, line 2' },
  ],
  [
    'a broken layout',
    { 'layouts/page.hbs': 'a\nb {{#if page.title}}' },
    { code: 'TEMPLATE_FAILED', says: /^sites\/shop\/layouts\/page\.hbs, line \d/ },
  ],
  [
    'an unknown helper',
    { 'layouts/page.hbs': 'a\n\n{{shout page.title}}' },
    { code: 'TEMPLATE_FAILED', says: 'sites/shop/layouts/page.hbs, line 3' },
  ],
  [
    'a missing partial',
    { 'layouts/page.hbs': 'a\n{{> heder}}' },
    { code: 'PARTIAL_MISSING', says: 'sites/shop/layouts/page.hbs, line 2: there is no partial "heder"' },
  ],
  [
    'a helper’s wrong word',
    { 'layouts/page.hbs': 'a\n{{date "soon" "long"}}' },
    { code: 'TEMPLATE_FAILED', says: 'sites/shop/layouts/page.hbs, line 2' },
  ],
  [
    'broken data',
    { 'data/prices.yaml': 'rye: 3\n rolls: 1\n' },
    { code: 'YAML_BROKEN', says: /^sites\/shop\/data\/prices\.yaml, line \d, column \d/ },
  ],
  [
    'broken JSON data',
    { 'data/prices.json': '{\n "rye": 3,\n' },
    { code: 'YAML_BROKEN', says: /^sites\/shop\/data\/prices\.json, line \d/ },
  ],
];

const failure = async (work: () => Promise<unknown>) => {
  try {
    await work();
  } catch (error) {
    if (isSecError(error)) return error;
    throw error;
  }
  throw new Error('It was built.');
};

describe('a mistake names file, line, column and field', () => {
  it.each(cases)('%s', async (_, files, { code, says, hint }) => {
    const site = testSite({ ...good, ...files });
    const error = await failure(() => site.build());
    expect(error.code).toBe(code);
    if (typeof says === 'string') expect(error.message).toContain(says);
    else expect(error.message).toMatch(says);
    if (hint) expect(error.hint).toContain(hint);
    expect(error.message).not.toContain(site.root);
  });

  it.each<[string, string, string]>([
    ['a misspelt field', 'lcoales: [en]\n', 'line 5, column 1, field "lcoales"'],
    [
      'a value that is none of those',
      'markdown: {html: maybe}\n',
      'line 5, column 12, field "markdown.html"',
    ],
    ['a language that is none', 'locales: [english]\n', 'line 5, column 11, field "locales[0]"'],
    [
      'a kind’s field of no type',
      'kinds: {a: {fields: {b: {type: word}}}}\n',
      'field "kinds.a.fields.b.type"',
    ],
    ['a menu’s page that is not there', 'menu: [{page: nowhere}]\n', 'field "menu[0].page"'],
  ])('site.yaml: %s', async (_, settings, says) => {
    const site = testSite(good, settings);
    expect((await failure(async () => site.build())).message).toContain(says);
  });

  it('a text that is not UTF-8', async () => {
    const site = testSite(good);
    writeFileSync(site.path('sites/shop/content/a.md'), Buffer.from([0x2d, 0xe7, 0xff]));
    const error = await failure(() => site.build());
    expect([error.code, error.message]).toEqual(['FILE_NOT_TEXT', expect.stringContaining(A)]);
  });

  it('keeps the last good build', async () => {
    const site = testSite(good);
    const { release } = await site.build();
    site.write(page('title: "A\n'));
    await failure(() => site.build());
    site.write({ 'content/a.md': null });
    const again = await site.build();
    expect([again.release.digest, again.pages.rendered]).toEqual([release.digest, 0]);
  });
});
