import { describe, expect, it } from 'vitest';
import { testSite } from './support/workspace.ts';

/** Content as themes of other generators keep it: deep fields, empty bodies, pictures beside pages, stray types. */
const content = {
  'content/_index.md':
    '---\ntitle: "Good tea"\nsubtitle: For all\nimage: /img/hero.svg\nblurb:\n    heading: Why us?\n    text: "We care."\nproducts:\n    - image: img/leaf.svg\n      text: "Leaves."\n---\n\n',
  'content/.keep': '',
  'content/range/_index.md':
    "---\ntitle: Our range\ntype: range\nimage: /img/hero.svg\nprices:\n  heading: Boxes\n  plans:\n    - plan: Small\n      price: '50'\n      items:\n        - one tin\n---\n",
  'content/post/first/index.md':
    '---\ntitle: A first post\ndate: 2017-01-04T15:04:10.000Z\ndescription: Two lines\n  of it\nimage: cup.svg\n---\n\nSee [nothing](/wdwdw) and <h3 class="f4">raw</h3>.\n',
  'content/post/first/cup.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20"/>',
  'static/img/leaf.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
  'static/img/hero.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"/>',
  'data/footer.json': '{"title": "Letters"}',
};
const layout =
  '{{page.title}}|{{page.image}}|{{#if page.image}}{{image page.image}}{{/if}}|{{data.footer.title}}|{{#each page.sections}}{{heading}}{{#each items}} {{this.image}}{{heading}}{{#each details}} {{value}}{{/each}}{{/each}};{{/each}}';

describe('content that was written for another generator', () => {
  const build = async () => {
    const site = testSite({ ...content, 'layouts/page.hbs': layout });
    const result = await site.build();
    return { site, result, read: (path: string) => site.read(result, path) };
  };

  it('is built as it is, and shows what is in its fields', async () => {
    const { read } = await build();
    expect(read('index.html')).toBe(
      'Good tea|/img/hero.svg|<img src="/img/hero.svg" alt="" width="100" height="50" loading="lazy" decoding="async">|Letters|Why us?; /img/leaf.svg;',
    );
    expect(read('range/index.html')).toContain('|Boxes Small 50;');
  });

  it('finds pictures beside pages, among the static files and from the root', async () => {
    const { read, result } = await build();
    expect(read('post/first/index.html')).toContain(
      '|/post/first/cup.svg|<img src="/post/first/cup.svg" alt="" width="60" height="20"',
    );
    expect(result.release.files.has('post/first/cup.svg')).toBe(true);
    expect(result.release.files.has('.keep')).toBe(false);
  });

  it('puts pages without a section into a list, and into the menu', async () => {
    const { result } = await build();
    expect(result.outline.map(({ url, title }) => `${url} ${title}`).sort()).toEqual([
      '/ Good tea',
      '/404.html 404',
      '/post/ Post',
      '/post/first/ A first post',
      '/range/ Our range',
    ]);
  });
});
