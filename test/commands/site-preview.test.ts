import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testSite } from '../site/support/workspace.ts';
import { sec } from '../support/sec.ts';

const shop = () =>
  testSite({
    'content/_index.md': '---\ntitle: The Shop\n---\nSee [our bread](bread.md).\n',
    'content/bread.md': '---\ntitle: Our bread\n---\n![Rye](/rye.png)\n',
    'content/soon.md': '---\ntitle: Soon & good\ndraft: true\n---\n',
    'static/rye.png': 'not really',
  });
interface Shared {
  readonly folder: string;
  readonly live: { readonly added: readonly { readonly url: string }[]; readonly changed: readonly object[] };
}

describe('sec site preview', () => {
  it('runs until Ctrl-C, and ends cleanly', async () => {
    const site = shop();
    const bin = resolve(import.meta.dirname, '../..', process.env.SEC_TEST_BIN ?? 'bin/dev.js');
    const child = spawn(process.execPath, [bin, 'site', 'preview', 'shop'], { cwd: site.root });
    let out = '';
    const address = await new Promise<string>((found) =>
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(out) ?? [];
        if (url) found(url);
      }),
    );
    // A page that listens for news must not keep the command alive.
    const news = await fetch(`${address}.sec/events?page=/`);
    expect(news.headers.get('content-type')).toBe('text/event-stream');
    const ended = new Promise((done) => child.on('close', done));
    child.kill('SIGINT');
    await news.text().catch(() => undefined);
    expect([await ended, out.endsWith('The preview was closed.\n')]).toEqual([0, true]);
    await expect(fetch(address)).rejects.toThrow();
    expect(existsSync(site.path('.sec/clients/shop/build/builds.json'))).toBe(false);
  });

  it('writes what a client can open: every link leads to a file beside it', async () => {
    const site = shop();
    expect((await sec(['site', 'publish', 'shop', '--yes'], { cwd: site.root })).code).toBe(0);
    const ran = await sec(['site', 'preview', 'shop', '--share', '--drafts', '--json'], { cwd: site.root });
    expect(ran.code).toBe(0);
    const { folder, live } = ran.json<Shared>();
    expect(live.added.map(({ url }) => url)).toEqual(['/soon/']);
    expect(folder).toMatch(/\.sec\/clients\/shop\/share\/[0-9a-f]{32}$/);
    expect(statSync(resolve(folder, '..')).mode & 0o777).toBe(0o700);
    const first = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(first).toContain('<a href="site/soon/index.html">Soon &#38; good</a>');
    expect(first).toContain('Drafts are shown too.');
    const pages = globSync('**/*.html', { cwd: folder });
    expect(pages.length).toBeGreaterThan(4);
    for (const page of pages) {
      const text = readFileSync(join(folder, page), 'utf8');
      expect(text).toContain('noindex');
      for (const [, link = ''] of text.matchAll(/(?:href|src)="([^"#]+)/g))
        if (!/^https?:/.test(link))
          expect(existsSync(join(folder, page, '..', link)), `${page}: ${link}`).toBe(true);
    }
    expect(readFileSync(join(folder, 'robots.txt'), 'utf8')).toContain('Disallow: /');
    expect(existsSync(join(folder, 'site/sitemap.xml'))).toBe(false);
  });

  it('writes it where it is told to, each time under another name', async () => {
    const site = shop();
    const share = () =>
      sec(['site', 'preview', 'shop', '--share', '--out', 'for-client'], { cwd: site.root });
    const runs = [await share(), await share()];
    const folders = runs.map(({ stdout }) => /Open (\S+)\/index\.html/.exec(stdout)?.[1] ?? '');
    expect(new Set(folders).size).toBe(2);
    for (const folder of folders) expect(existsSync(join(folder, 'site/bread/index.html'))).toBe(true);
  });

  it('is not written into a website: drafts would be live', async () => {
    const site = shop();
    const ran = await sec(['site', 'preview', 'shop', '--share', '--out', 'public/shop', '--json'], {
      cwd: site.root,
    });
    expect(ran.json()).toMatchObject({ error: { code: 'PLACE_LIVE' } });
    expect(existsSync(site.path('public'))).toBe(false);
  });

  it.each([
    ['--json without --share', ['shop', '--json'], 2],
    ['--out without --share', ['shop', '--out', 'x'], 2],
    ['an unknown client', ['shpo', '--share'], 2],
    ['a broken page', ['shop', '--share'], 78],
  ])('refuses %s', async (name, words, code) => {
    const site = shop();
    if (name === 'a broken page') site.write({ 'content/bread.md': '---\ntitle: [\n---\n' });
    const ran = await sec(['site', 'preview', ...words], { cwd: site.root });
    expect(ran.code).toBe(code);
    expect(existsSync(site.path('.sec/clients/shop/share'))).toBe(false);
  });
});
