import { describe, expect, it } from 'vitest';
import { testSite } from './support/workspace.ts';

describe('a menu of site.yaml', () => {
  it('may name a folder that has a list of its pages without a file of its own', async () => {
    const site = testSite(
      { 'content/news/a.md': '---\ntitle: A\n---\n', 'content/shop/b.md': '---\ntitle: B\n---\n' },
      'menu: [{page: news, label: What is new}, {page: shop/}]\n',
    );
    expect(site.read(await site.build(), 'index.html')).toContain(
      '<a href="/news/">What is new</a><a href="/shop/">Shop</a>',
    );
  });

  it('names what is nearest, where it names nothing', async () => {
    const site = testSite({ 'content/news/a.md': '---\ntitle: A\n---\n' }, 'menu: [{page: nwes}]\n');
    await expect(site.build()).rejects.toMatchObject({
      code: 'FIELD_INVALID',
      hint: expect.stringContaining('"news"'),
    });
  });
});
