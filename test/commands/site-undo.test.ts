import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testSite } from '../site/support/workspace.ts';
import { sec } from '../support/sec.ts';

const shop = () =>
  testSite({
    'content/_index.md': '---\ntitle: The Shop\n---\nHello.\n',
    'content/bread.md': '---\ntitle: Our bread # the name\nprice: 4.50\n---\n\nWe bake at night.\n',
  });
type Shop = ReturnType<typeof shop>;
const run = (site: Shop, ...words: string[]) => sec(['site', ...words], { cwd: site.root });
const set = (site: Shop, field: string, ...words: string[]) =>
  run(site, 'update', 'shop', 'bread', '--set', field, '--no-publish', ...words);
const bread = (site: Shop) => readFileSync(site.path('sites/shop/content/bread.md'), 'utf8');

describe('sec site undo', () => {
  it('brings the page back byte for byte, publishes it, and can be undone itself', async () => {
    const site = shop();
    const first = bread(site);
    await run(site, 'update', 'shop', 'bread', '--set', 'title=Bread', '--yes');
    const changed = bread(site);
    const ran = await run(site, 'undo', 'shop', '--yes', '--json');
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({
      page: 'bread.md',
      undoes: 1,
      changes: [{ field: 'title', from: 'Bread', to: 'Our bread' }],
      saved: true,
      published: { applied: true },
    });
    expect(bread(site)).toBe(first);
    expect(readFileSync(site.path('public/shop/bread/index.html'), 'utf8')).toContain('<h1>Our bread</h1>');
    expect((await run(site, 'undo', 'shop', '--no-publish')).code).toBe(0);
    expect(bread(site)).toBe(changed);
  });

  it('goes back to before an earlier edit of the page', async () => {
    const site = shop();
    const first = bread(site);
    await set(site, 'title=One');
    await set(site, 'title=Two');
    await set(site, 'price=5');
    expect((await run(site, 'undo', 'shop', '--edit', '1', '--no-publish')).code).toBe(0);
    expect(bread(site)).toBe(first);
  });

  it('takes a new page away, and brings it back', async () => {
    const site = shop();
    await run(site, 'new', 'shop', 'page', 'Our story');
    const page = site.path('sites/shop/content/our-story.md');
    const text = readFileSync(page, 'utf8');
    const ran = await run(site, 'undo', 'shop', 'our-story', '--no-publish');
    expect([ran.code, existsSync(page)]).toEqual([0, false]);
    expect(ran.stdout).toContain('Removed sites/shop/content/our-story.md');
    expect((await run(site, 'undo', 'shop', 'our-story', '--no-publish')).code).toBe(0);
    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  it('shows what it would do with --dry-run, and does nothing', async () => {
    const site = shop();
    await set(site, 'title=Bread');
    const changed = bread(site);
    const ran = await run(site, 'undo', 'shop', '--dry-run');
    expect(ran.stdout).toContain('title: Bread → Our bread');
    expect(ran.stdout).toContain('Nothing was written.');
    expect(bread(site)).toBe(changed);
  });

  it('does not lose what somebody wrote after the edit', async () => {
    const site = shop();
    await set(site, 'title=Bread');
    const page = site.path('sites/shop/content/bread.md');
    writeFileSync(page, bread(site).replace('night', 'noon'));
    const ran = await run(site, 'undo', 'shop', '--yes');
    expect(ran.code).toBe(75);
    expect(ran.stderr).toContain('sites/shop/content/bread.md was changed after that edit');
    expect(bread(site)).toContain('at noon');
    rmSync(page);
    expect((await run(site, 'undo', 'shop', 'bread', '--yes')).code).toBe(75);
    expect(existsSync(page)).toBe(false);
  });

  it.each([
    ['where there is no edit', [], 2, 'UNDO_NOTHING'],
    ['an edit that is not there', ['--edit', '7'], 2, 'UNDO_UNKNOWN'],
    ['a page that is not there', ['braed'], 2, 'PAGE_UNKNOWN'],
  ])('refuses %s', async (_, words, exit, code) => {
    const ran = await run(shop(), 'undo', 'shop', ...(words as string[]), '--yes', '--json');
    expect([ran.code, ran.json<{ error: { code: string } }>().error.code]).toEqual([exit, code]);
  });

  it('says so when the earlier text is not kept any more', async () => {
    const site = shop();
    await set(site, 'title=Bread');
    rmSync(site.path('.sec/clients/shop/history/texts'), { recursive: true });
    const ran = await run(site, 'undo', 'shop', '--yes');
    expect([ran.code, ran.stderr.includes('is not in the history any more')]).toEqual([65, true]);
  });
});

describe('sec site edits', () => {
  it('lists them, newest first, with fields and note', async () => {
    const site = shop();
    await run(site, 'new', 'shop', 'page', 'Our story');
    await set(site, 'title=Bread', '--set', 'price=5', '--note', 'asked by phone');
    await run(site, 'undo', 'shop', '--no-publish');
    const ran = await run(site, 'edits', 'shop', '--json');
    expect(ran.json()).toMatchObject({
      client: 'shop',
      edits: [
        { number: 3, page: 'bread.md', what: 'changed', fields: ['title', 'price'], undoes: 2 },
        {
          number: 2,
          page: 'bread.md',
          fields: ['title', 'price'],
          note: 'asked by phone',
          by: 'Office',
          undoes: null,
        },
        { number: 1, page: 'our-story.md', what: 'new' },
      ],
    });
    const shown = await run(site, 'edits', 'shop', 'bread');
    expect(shown.stdout).toContain('title, price (takes back 2)');
    expect(shown.stdout).not.toContain('our-story');
  });
});
