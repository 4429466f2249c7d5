import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testSite } from '../site/support/workspace.ts';
import { sec } from '../support/sec.ts';

const menu = `---
# the shop's own words
title: "Our bread"   # shown at the top
prices:
  - {name: Rye, amount: 3.20}
  - name: Wheat
    amount: 2.80
intro:
  heading: Fresh
draft: false
---

We bake at night.
`;

const shop = (settings = 'locales: [en]\n') =>
  testSite(
    {
      'content/_index.md': '---\ntitle: The Shop\n---\nHello.\n',
      'content/bread.md': menu,
      'content/visit/_index.md': '---\ntitle: Visit us\n---\n',
    },
    settings,
  );

type Shop = ReturnType<typeof shop>;
const update = (site: Shop, ...words: string[]) =>
  sec(['site', 'update', 'shop', ...words], { cwd: site.root });
const bread = (site: Shop) => readFileSync(site.path('sites/shop/content/bread.md'), 'utf8');

describe('sec site update', () => {
  it('builds once: what was shown becomes the current build', async () => {
    const site = shop();
    await update(site, 'bread', '--set', 'title=First', '--yes');
    const ran = await update(site, 'bread', '--set', 'title=Second', '--yes');
    expect(ran.stderr.match(/^Building /gm)).toHaveLength(1);
    const built = await sec(['site', 'build', 'shop', '--json'], { cwd: site.root });
    expect(built.json()).toMatchObject({ pages: { rendered: 0 } });
  });

  it('changes a value, shows what that changes on the site, and publishes it', async () => {
    const site = shop();
    await update(site, 'bread', '--set', 'title=First', '--yes');
    const ran = await update(site, 'bread', '--set', 'title=Our daily bread', '--yes', '--json');
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({
      client: 'shop',
      page: 'bread.md',
      file: 'sites/shop/content/bread.md',
      changes: [{ field: 'title', from: 'First', to: 'Our daily bread' }],
      bodyChanged: false,
      live: {
        added: [],
        changed: [
          { url: '/', title: 'The Shop' },
          { url: '/404.html', title: '404' },
          { url: '/bread/', title: 'Our daily bread' },
          { url: '/visit/', title: 'Visit us' },
        ],
        removed: [],
      },
      saved: true,
      published: { applied: true, release: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(bread(site)).toBe(menu.replace('"Our bread"', '"Our daily bread"'));
    expect(readFileSync(site.path('public/shop/bread/index.html'), 'utf8')).toContain(
      '<h1>Our daily bread</h1>',
    );
  });

  it('reaches nested values and lists, adds what is missing, and keeps every other byte', async () => {
    const site = shop();
    const ran = await update(
      site,
      'bread',
      ...['--set', 'prices[1].amount=2.90', '--set', 'prices[0].amount=3.50', '--set', 'intro.text=At six'],
      ...['--set', 'tags=rye, wheat', '--no-publish'],
    );
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('prices[1].amount: 2.8 → 2.9');
    expect(bread(site)).toBe(
      menu
        .replace('2.80', '2.90')
        .replace('3.20', '3.50')
        .replace('  heading: Fresh\n', '  heading: Fresh\n  text: At six\n')
        .replace('draft: false\n', 'draft: false\ntags:\n  - rye\n  - wheat\n'),
    );
    expect(existsSync(site.path('public'))).toBe(false);
  });

  it('puts a new text below the fields', async () => {
    const site = shop();
    writeFileSync(site.path('new.md'), 'We bake **all day**.');
    const ran = await update(site, 'bread', '--from', 'new.md', '--no-publish', '--json');
    expect(ran.json()).toMatchObject({ changes: [], bodyChanged: true, saved: true });
    expect(bread(site)).toBe(menu.replace('We bake at night.', 'We bake **all day**.'));
    const piped = await sec(['site', 'update', 'shop', 'bread', '--from', '-', '--no-publish'], {
      cwd: site.root,
      input: 'From the input.\n',
    });
    expect(piped.code).toBe(0);
    expect(bread(site)).toContain('---\n\nFrom the input.\n');
  });

  it('opens the page in the editor', async () => {
    const site = shop();
    const editor = site.path('editor.sh');
    writeFileSync(editor, '#!/bin/sh\nsed -i s/night/noon/ "$2"\n');
    chmodSync(editor, 0o755);
    const ran = await sec(['site', 'update', 'shop', 'bread', '--edit', '--no-publish'], {
      cwd: site.root,
      env: { EDITOR: `${editor} --wait`, VISUAL: '' },
    });
    expect(ran.code).toBe(0);
    expect(bread(site)).toBe(menu.replace('night', 'noon'));
  });

  it('does not overwrite what somebody else wrote meanwhile, and keeps both texts', async () => {
    const site = shop();
    const editor = site.path('editor.sh');
    const page = site.path('sites/shop/content/bread.md');
    writeFileSync(editor, `#!/bin/sh\nsed -i s/night/noon/ "$1"\nsed -i s/night/dawn/ ${page}\n`);
    chmodSync(editor, 0o755);
    const ran = await sec(['site', 'update', 'shop', 'bread', '--edit', '--no-publish'], {
      cwd: site.root,
      env: { EDITOR: editor, VISUAL: '' },
    });
    expect(ran.code).toBe(75);
    expect(ran.stderr).toContain('changed by somebody else');
    expect(bread(site)).toContain('at dawn');
    const [, kept = ''] = /What you wrote is kept in (\S+)/.exec(ran.stderr) ?? [];
    expect(readFileSync(site.path(kept), 'utf8')).toContain('at noon');
  });

  it('keeps what was written in the editor when it does not fit', async () => {
    const site = shop();
    const editor = site.path('editor.sh');
    writeFileSync(editor, '#!/bin/sh\nsed -i "s/draft: false/draft: perhaps/" "$1"\n');
    chmodSync(editor, 0o755);
    const ran = await sec(['site', 'update', 'shop', 'bread', '--edit'], {
      cwd: site.root,
      env: { EDITOR: editor, VISUAL: '' },
    });
    expect(ran.code).toBe(65);
    expect(ran.stderr).toContain('line 10, column 1, field "draft": "perhaps" is neither true nor false');
    expect(ran.stderr).toMatch(/What you wrote is kept in \S+bread\.md/);
    expect(bread(site)).toBe(menu);
  });

  it('says what would happen and does nothing with --dry-run', async () => {
    const site = shop();
    const ran = await update(site, 'visit', '--set', 'title=Find us', '--dry-run');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('title: Visit us → Find us');
    expect(ran.stdout).toContain('Nothing was written.');
    expect(bread(site)).toBe(menu);
    expect(existsSync(site.path('public'))).toBe(false);
    expect(existsSync(site.path('.sec/clients/shop/build/builds.json'))).toBe(false);
  });

  it('remembers the page before and after, with the note', async () => {
    const site = shop();
    await update(site, 'bread', '--set', 'title=New', '--note', 'asked by phone', '--no-publish');
    const history = site.path('.sec/clients/shop/history');
    const edit = JSON.parse(readFileSync(`${history}/edits.jsonl`, 'utf8'));
    expect(edit).toMatchObject({ path: 'bread.md', by: 'Office', note: 'asked by phone' });
    expect(readFileSync(`${history}/texts/${edit.from}`, 'utf8')).toBe(menu);
    expect(readFileSync(`${history}/texts/${edit.to}`, 'utf8')).toBe(bread(site));
  });

  it('needs a yes to publish where nobody can be asked, and writes nothing without it', async () => {
    const site = shop();
    const ran = await update(site, 'bread', '--set', 'title=New');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('--yes');
    expect(bread(site)).toBe(menu);
  });

  it('saves, and is refused by the client’s policy to publish without an approval', async () => {
    const site = shop('locales: [en]\npolicy: {approval: {site: required}}\n');
    const ran = await update(site, 'bread', '--set', 'title=New', '--yes', '--json');
    expect(ran.code).toBe(77);
    expect(ran.json()).toMatchObject({ error: { code: 'APPROVAL_MISSING' } });
    expect(bread(site)).toContain('title: "New"');
    expect(existsSync(site.path('public/shop/index.html'))).toBe(false);
  });

  it.each([
    ['no change', [], 2, 'EDIT_NOTHING'],
    ['an unknown page', ['--set', 'title=x'], 2, 'PAGE_UNKNOWN', 'braed'],
    ['a --set without =', ['--set', 'title'], 2, 'SET_INVALID'],
    ['a name that is none', ['--set', 'a..b=1'], 2, 'SET_INVALID'],
    ['a special name', ['--set', 'x.__proto__=1'], 2, 'SET_INVALID'],
    ['a place beyond the list', ['--set', 'prices[7].amount=1'], 2, 'SET_INVALID'],
    ['a group as a whole', ['--set', 'intro=text'], 2, 'SET_INVALID'],
    ['a date that is none', ['--set', 'date=soon'], 65, 'PAGE_INVALID'],
    ['a slug that leads out', ['--set', 'slug=../up'], 65, 'ADDRESS_UNSAFE'],
    ['a layout that is not there', ['--set', 'layout=nowhere'], 78, 'LAYOUT_MISSING'],
    ['a text that is not there', ['--from', 'nothing.md'], 74, 'IO_FAILED'],
  ])('refuses %s and leaves the page as it is', async (_, words, exit, code, page = 'bread') => {
    const site = shop();
    const ran = await update(site, page as string, ...(words as string[]), '--no-publish', '--json');
    expect([ran.code, ran.json<{ error: { code: string } }>().error.code]).toEqual([exit, code]);
    expect(bread(site)).toBe(menu);
    expect(readdirSync(site.path('sites/shop/content')).sort()).toEqual(['_index.md', 'bread.md', 'visit']);
  });

  it('refuses a value that does not fit its field: file, line, field and what would fit', async () => {
    const site = shop(
      'locales: [en]\nkinds: {bread: {folder: "", fields: {weightGrams: {type: number, label: Weight, min: 1, max: 5000}, day: {type: choice, choices: [mon, tue]}}}}\n',
    );
    const ran = await update(site, 'bread', '--set', 'weightGrams=heavy', '--no-publish');
    expect(ran.code).toBe(65);
    expect(ran.stderr).toContain(
      'sites/shop/content/bread.md, line 11, column 1, field "weightGrams": Weight: "heavy" is not a number',
    );
    expect(ran.stderr).toContain('Write a number such as 4.50, 1 to 5000.');
    const choice = await update(site, 'bread', '--set', 'day=sun', '--no-publish');
    expect(choice.stderr).toContain('Choose "mon" or "tue".');
    expect(bread(site)).toBe(menu);
    expect((await update(site, 'bread', '--set', 'weightGrams=750', '--no-publish')).code).toBe(0);
    expect(bread(site)).toContain('weightGrams: 750\n');
  });
});
