import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testSite } from './support/workspace.ts';

const page = (title: string, more = '', body = 'Hello.') => `---\ntitle: ${title}\n${more}---\n${body}\n`;

describe('addresses', () => {
  it('gives pages, sections, bundles and languages clean ones', async () => {
    const site = testSite(
      {
        'content/_index.md': page('Home'),
        'content/Par mums.md': page('About'),
        'content/news/_index.md': page('News'),
        'content/news/first/index.md': page('First'),
        'content/news/first/photo.txt': 'a file',
        'content/contact.en.md': page('Contact'),
        'content/slugged.md': page('Slugged', 'slug: other-name\n'),
        'content/placed.md': page('Placed', 'url: /a/b.html\n'),
      },
      'locales: [lv, en]\n',
    );
    const { release } = await site.build();
    expect([...release.files.keys()].filter((path) => !path.startsWith('assets/'))).toEqual([
      '404.html',
      'a/b.html',
      'en/contact/index.html',
      'en/index.html',
      'index.html',
      'news/first/index.html',
      'news/first/photo.txt',
      'news/index.html',
      'other-name/index.html',
      'par-mums/index.html',
      'robots.txt',
      'sitemap.xml',
    ]);
  });

  it('lists pages of a folder that has no page of its own', async () => {
    const site = testSite({ 'content/post/a.md': page('A'), 'content/post/b.md': page('B') });
    const result = await site.build();
    expect(site.read(result, 'post/index.html')).toContain('<h1>Post</h1>');
    expect(site.read(result, 'post/index.html')).toContain('<li>A</li><li>B</li>');
  });

  it.each([
    ['two pages', { 'content/a.md': page('A'), 'content/b.md': page('B', 'slug: a\n') }, 'ADDRESS_TWICE'],
    [
      'two cases',
      { 'content/x.md': page('A', 'url: /Ab/\n'), 'content/y.md': page('B', 'url: /ab/\n') },
      'ADDRESS_TWICE',
    ],
    [
      'an alias on a page',
      { 'content/a.md': page('A'), 'content/b.md': page('B', 'aliases: [/a/]\n') },
      'ADDRESS_TWICE',
    ],
    ['a slug upwards', { 'content/a.md': page('A', 'slug: ../../etc\n') }, 'ADDRESS_UNSAFE'],
    ['an encoded slug upwards', { 'content/a.md': page('A', 'slug: "%2e%2e"\n') }, 'ADDRESS_UNSAFE'],
    ['a url upwards', { 'content/a.md': page('A', 'url: /x/../../y/\n') }, 'ADDRESS_UNSAFE'],
    ['a backslash', { 'content/a.md': page('A', 'url: "/x\\\\y/"\n') }, 'ADDRESS_UNSAFE'],
    ['a Windows device', { 'content/a.md': page('A', 'slug: con\n') }, 'ADDRESS_UNSAFE'],
    ['a file named like a Windows device', { 'content/con.md': page('A') }, 'ADDRESS_UNSAFE'],
    ['a Windows device inside', { 'content/a.md': page('A', 'url: /a/LPT1/b/\n') }, 'ADDRESS_UNSAFE'],
    ['a link upwards', { 'content/a.md': page('A', '', '[x](../../secret.md)') }, 'LINK_OUTSIDE'],
    ['a link to no page', { 'content/a.md': page('A', '', '[x](b.md)') }, 'PAGE_LINK_BROKEN'],
    ['a layout that is not there', { 'content/a.md': page('A', 'layout: nowhere\n') }, 'LAYOUT_MISSING'],
    ['a special key', { 'content/a.md': page('A', '__proto__: {polluted: true}\n') }, 'PAGE_INVALID'],
    [
      'a special key in data',
      { 'content/a.md': page('A'), 'data/x.yaml': 'a: {__proto__: 1}\n' },
      'PAGE_INVALID',
    ],
    [
      'code in front matter',
      { 'content/a.md': '---js\n{title: process.exit(1)}\n---\n' },
      'FRONT_MATTER_REFUSED',
    ],
    ['TOML', { 'content/a.md': '+++\ntitle = "x"\n+++\n' }, 'FRONT_MATTER_REFUSED'],
    ['fields without an end', { 'content/a.md': '---\ntitle: x\n' }, 'FRONT_MATTER_OPEN'],
    ['a date that is none', { 'content/a.md': page('A', 'date: tomorrow\n') }, 'PAGE_INVALID'],
  ])('refuses %s', async (_, files, code) => {
    const site = testSite(files as unknown as Record<string, string>);
    await expect(site.build()).rejects.toMatchObject({ code });
  });

  it('names file and line', async () => {
    const site = testSite({ 'content/a.md': page('A', 'description: x\n', 'Text.\n\n[x](b.md)') });
    await expect(site.build()).rejects.toThrow('sites/shop/content/a.md, line 7: there is no page "b.md"');
  });

  it('refuses a text that is not UTF-8', async () => {
    const site = testSite();
    mkdirSync(site.path('sites/shop/content'));
    writeFileSync(site.path('sites/shop/content/a.md'), Buffer.from([0x6b, 0xe2, 0x21]));
    await expect(site.build()).rejects.toMatchObject({ code: 'FILE_NOT_TEXT' });
  });

  it('follows no symbolic link', async () => {
    const site = testSite({ 'content/a.md': page('A') });
    symlinkSync('/etc/hostname', site.path('sites/shop/content/b.md'));
    await expect(site.build()).rejects.toMatchObject({ code: 'SYMLINK_REFUSED' });
    const whole = testSite();
    symlinkSync('/etc', whole.path('sites/shop/content'));
    await expect(whole.build()).rejects.toMatchObject({ code: 'SYMLINK_REFUSED' });
  });
});

describe('what is on the site', () => {
  const files = {
    'content/_index.md': page('Home'),
    'content/draft.md': page('Draft', 'draft: true\n'),
    'content/no-draft.md': page('No draft', 'draft: no\n'),
    'content/later.md': page('Later', 'publishDate: 2026-07-01T09:00\n'),
    'content/over.md': page('Over', 'expiryDate: 2026-06-01\n'),
    'content/ends.md': page('Ends', 'expiryDate: 2026-06-02\n'),
    'content/secret/index.md': page('Secret', 'draft: true\n'),
    'content/secret/photo.txt': 'not yet',
  };
  const built = async (flags = {}) => {
    const result = await testSite(files).build(flags);
    return {
      pages: result.outline.map(({ url }) => url),
      files: [...result.release.files.keys()],
      next: result.nextChange,
    };
  };

  it('leaves out drafts, what is to come and what is over, in the client’s time zone', async () => {
    const { pages, files: paths, next } = await built();
    expect(pages.sort()).toEqual(['/', '/404.html', '/ends/', '/no-draft/']);
    expect(paths).not.toContain('secret/photo.txt');
    expect(next).toBe('2026-06-02T00:00:00+03:00');
  });

  it('shows drafts and the future on request', async () => {
    const { pages } = await built({ drafts: true, future: true });
    expect(pages).toEqual(expect.arrayContaining(['/draft/', '/later/', '/secret/']));
  });

  it('warns of a page that waits for nothing but its date', async () => {
    const result = await testSite({ 'content/a.md': page('A', 'date: 2027-01-01\n') }).build();
    expect(result.warnings).toEqual([
      'sites/shop/content/a.md is not on the site yet: its date is 2027-01-01.',
    ]);
  });
});

describe('the files beside the pages', () => {
  it('redirects from old addresses, both ways', async () => {
    const site = testSite({ 'content/a.md': page('A', 'aliases: [/old, /older.html]\n') });
    const result = await site.build();
    expect(site.read(result, '_redirects')).toBe('/old/ /a/ 301\n/older.html /a/ 301\n');
    expect(site.read(result, 'old/index.html')).toContain('url=https://shop.example/a/');
  });

  it('links the languages of a page in head and sitemap', async () => {
    const site = testSite(
      { 'content/a.md': page('Par'), 'content/a.en.md': page('About') },
      'locales: [lv, en]\n',
    );
    const result = await site.build();
    const html = site.read(result, 'en/a/index.html');
    expect(html).toContain('<link rel="alternate" href="https://shop.example/a/" hreflang="lv">');
    expect(html).toContain('<link rel="alternate" href="https://shop.example/a/" hreflang="x-default">');
    expect(html).toContain('<link rel="canonical" href="https://shop.example/en/a/">');
    expect(site.read(result, 'sitemap.xml')).toContain('hreflang="en" href="https://shop.example/en/a/"');
  });

  it('feeds dated pages, newest first', async () => {
    const site = testSite({
      'content/news/a.md': page('Older', 'date: 2026-01-01\n'),
      'content/news/b.md': page('Newer & better', 'date: 2017-01-04T15:04:10.000Z\nlastmod: 2026-02-01\n'),
    });
    const result = await site.build();
    const feed = site.read(result, 'feed.xml');
    expect(feed.indexOf('Older')).toBeLessThan(feed.indexOf('Newer &amp; better'));
    expect(feed).toContain('<published>2017-01-04T17:04:10+02:00</published>');
    expect(feed).toContain('<updated>2026-02-01T00:00:00+02:00</updated>');
  });

  it('lets a static file of the client go before its own', async () => {
    const site = testSite({ 'content/a.md': page('A'), 'static/robots.txt': 'User-agent: *\nDisallow: /\n' });
    expect(site.read(await site.build(), 'robots.txt')).toContain('Disallow: /');
  });

  it('names theme files by their hash, also inside stylesheets', async () => {
    const site = testSite({ 'content/a.md': page('A') });
    site.theme({ 'assets/main.css': 'a{background:url("img/dot.svg#x")}', 'assets/img/dot.svg': '<svg/>' });
    const result = await site.build();
    const css =
      [...result.release.files.keys()].find((path) => /^assets\/main\.[0-9a-f]{10}\.css$/.test(path)) ?? '';
    expect(site.read(result, css)).toMatch(/url\("img\/dot\.[0-9a-f]{10}\.svg#x"\)/);
    expect(site.read(result, 'a/index.html')).toContain(`href="/${css}"`);
  });
});

describe('a build', () => {
  it('keeps the last good one when something is wrong', async () => {
    const site = testSite({ 'content/a.md': page('A') });
    const good = await site.build();
    site.write({ 'content/b.md': page('B', 'layout: nowhere\n') });
    await expect(site.build()).rejects.toThrow();
    const kept = readdirSync(site.path('.sec/clients/shop/build/releases'));
    expect(kept).toEqual([`${good.release.digest}.json`]);
    expect(site.read(good, 'a/index.html')).toContain('<h1>A</h1>');
  });

  it('makes a file anew that a crash left without its bytes', async () => {
    const site = testSite({ 'content/a.md': page('A') });
    const { release, content } = await site.build();
    const object = content.locate('a/index.html');
    rmSync(object);
    writeFileSync(object, '');
    const again = await site.build();
    expect(again.release.digest).toBe(release.digest);
    expect(site.read(again, 'a/index.html')).toContain('<h1>A</h1>');
  });

  it('keeps its files from being written to', async () => {
    const { release, content } = await testSite({ 'content/a.md': page('A') }).build();
    for (const path of release.files.keys()) expect(statSync(content.locate(path)).mode & 0o222).toBe(0);
  });

  it('writes a plain folder, touches only what changed, and removes what is gone', async () => {
    const site = testSite({ 'content/a.md': page('A'), 'content/b.md': page('B') });
    const out = site.path('out');
    await site.build({ out });
    const before = statSync(`${out}/robots.txt`).mtimeMs;
    site.write({ 'content/b.md': null });
    await site.build({ out });
    expect(existsSync(`${out}/a/index.html`)).toBe(true);
    expect(existsSync(`${out}/b/index.html`)).toBe(false);
    expect(statSync(`${out}/robots.txt`).mtimeMs).toBe(before);
  });

  it('leaves no empty folder behind, also where somebody took a part of it away', async () => {
    const site = testSite({ 'content/_index.md': page('Home'), 'content/a/b/c.md': page('C') });
    const out = site.path('out');
    await site.build({ out });
    rmSync(`${out}/a/b/c`, { recursive: true });
    site.write({ 'content/a/b/c.md': null });
    await site.build({ out });
    expect(existsSync(`${out}/a`)).toBe(false);
  });

  it('mends a file of the plain folder that somebody changed, also one of the same length', async () => {
    const site = testSite({ 'content/a.md': page('A') });
    const out = site.path('out');
    await site.build({ out });
    const file = `${out}/a/index.html`;
    const html = readFileSync(file, 'utf8');
    writeFileSync(file, html.replace('Hello', 'Hullo'));
    await site.build({ out });
    expect(readFileSync(file, 'utf8')).toBe(html);
  });

  it('refuses to lie below a folder of its domain, where its links would lead elsewhere', async () => {
    const site = testSite({ 'content/a.md': page('A') });
    site.write({ 'site.yaml': 'name: The Shop\nurl: https://shop.example/tea/\ntheme: tiny\n' });
    await expect(site.build()).rejects.toMatchObject({
      code: 'FIELD_INVALID',
      message: expect.stringContaining('sites/shop/site.yaml, field "url"'),
    });
  });

  it('tells search engines the opening hours that the pages show', async () => {
    const site = testSite({
      'content/_index.md': page('Home'),
      'data/hours.yaml':
        'week:\n  - {from: mon, to: wed, hours: "08:00–18:00"}\n  - {from: sat, hours: "9.00–13.00"}\n  - {from: sun, hours: closed}\n',
    });
    const html = site.read(await site.build(), 'index.html');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    const open = { '@type': 'OpeningHoursSpecification' };
    expect(JSON.parse(json).openingHoursSpecification).toEqual([
      { ...open, dayOfWeek: ['Monday', 'Tuesday', 'Wednesday'], opens: '08:00', closes: '18:00' },
      { ...open, dayOfWeek: 'Saturday', opens: '09:00', closes: '13:00' },
    ]);
  });

  it('does not write into a folder that holds other things', async () => {
    const site = testSite({ 'content/a.md': page('A') });
    const letters = temporaryFolder();
    writeFileSync(join(letters, 'anna.txt'), 'Dear Anna');
    await expect(site.build({ out: site.path('sites') })).rejects.toMatchObject({ code: 'PLACE_LIVE' });
    await expect(site.build({ out: letters })).rejects.toMatchObject({ code: 'OUT_NOT_EMPTY' });
  });

  it('refuses a value that does not fit its declared field', async () => {
    const site = testSite(
      { 'content/cakes/medus.md': page('Medus', 'price: cheap\n') },
      'locales: [lv]\nkinds: {cake: {folder: cakes, fields: {price: {type: number, label: Price, min: 1}}}}\n',
    );
    await expect(site.build()).rejects.toMatchObject({
      code: 'VALUE_UNFIT',
      message: expect.stringContaining(
        'sites/shop/content/cakes/medus.md, line 3, column 1, field "price": Price: "cheap" is not a number',
      ),
    });
  });
});
