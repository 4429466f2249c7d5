import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { previewedSite } from './support.ts';

const barOf = async (url: string, page: string) =>
  (await fetch(`${url}/.sec/bar?page=${encodeURIComponent(page)}`)).text();

/** The status of a path that no client library has tidied up. */
const rawStatus = (url: string, path: string, host?: string): Promise<number> =>
  new Promise((done, failed) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, ...(host ? { headers: { host } } : {}) }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    })
      .on('error', failed)
      .end();
  });

describe('the preview of a site', () => {
  it('serves what was built with the bar in it, and leaves what was built as it is', async () => {
    const { site, url } = await previewedSite();
    const served = await fetch(`${url}/bread`);
    const text = await served.text();
    expect([served.status, served.url]).toEqual([200, `${url}/bread/`]);
    expect(text).toContain('<h1>Our bread</h1>');
    expect(text).toContain('<iframe id="sec-preview-bar"');
    expect(served.headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
    expect(served.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const built = await site.build();
    expect(site.read(built, 'bread/index.html')).not.toContain('sec-preview');
    const lost = await fetch(`${url}/nowhere/`);
    expect([lost.status, (await lost.text()).includes('sec-preview-bar')]).toEqual([404, true]);
  });

  it.each([
    '/../sec.yaml',
    '/..%2f..%2fsec.yaml',
    '/%2e%2e/sec.yaml',
    '/content/bread.md',
    '/.sec/',
    '/.sec/nothing',
    '/%00',
    '/%',
  ])('has nothing outside the release: %s', async (path) => {
    const { url } = await previewedSite();
    expect(await rawStatus(url, path)).toBe(404);
  });

  it('answers no other name than its own', async () => {
    const { url } = await previewedSite();
    expect(await rawStatus(url, '/', 'shop.example')).toBe(421);
    expect(await rawStatus(url, '/.sec/events?page=/', 'shop.example')).toBe(421);
  });

  it('says of a page whether it is new, changed or the same, and names the others', async () => {
    const { site, url } = await previewedSite();
    await vi.waitFor(async () => expect(await barOf(url, '/bread/')).toContain('Nothing is live yet'));
    const { sec } = await import('../../support/sec.ts');
    expect((await sec(['site', 'publish', 'shop', '--yes'], { cwd: site.root })).code).toBe(0);
    await vi.waitFor(async () => expect(await barOf(url, '/bread/')).toContain('Same as live'), 10_000);
    site.write({
      'content/bread.md': '---\ntitle: Our bread\n---\nBaked at noon.\n',
      'content/cake.md': '---\ntitle: Cake & more\n---\n',
    });
    await vi.waitFor(async () => {
      const bar = await barOf(url, '/bread/');
      expect(bar).toContain('>Changed<');
      expect(bar).toContain('https://shop.example/bread/');
      expect(bar).toContain('>Cake &#38; more</a>');
    }, 10_000);
    expect(await barOf(url, '/cake/')).toContain('New page');
    expect(await barOf(url, '/nowhere/')).toContain('No such page');
  }, 60_000);

  it('says what is wrong with file, line and the lines around, and goes on showing the last good page', async () => {
    const { site, url } = await previewedSite();
    const file = site.path('sites/shop/content/bread.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace('title:', 'draft: perhaps\ntitle:'));
    await vi.waitFor(
      async () => expect(await barOf(url, '/bread/')).toContain('This cannot be shown yet'),
      10_000,
    );
    const bar = await barOf(url, '/bread/');
    expect(bar).toContain('sites/shop/content/bread.md, line 2');
    expect(bar).toContain('<li class="at">   2  draft: perhaps</li>');
    expect(await (await fetch(`${url}/bread/`)).text()).toContain('Baked at night.');
    site.write({ 'site.yaml': 'name: [' });
    await vi.waitFor(
      async () => expect(await barOf(url, '/')).toContain('sites/shop/site.yaml, line 1'),
      10_000,
    );
  });

  it('shows a site that has never been good as soon as it is', async () => {
    const { site, url } = await previewedSite({ 'content/bread.md': '---\ntitle: [\n---\n' });
    const first = await fetch(url);
    expect([first.status, (await first.text()).includes('There is no page to show yet')]).toEqual([
      503,
      true,
    ]);
    site.write({ 'content/bread.md': '---\ntitle: Bread\n---\n' });
    await vi.waitFor(async () => expect((await fetch(`${url}/bread/`)).status).toBe(200), 10_000);
  });

  it('switches drafts and pages to come on and off, for those who know the key', async () => {
    const { url } = await previewedSite();
    expect((await fetch(`${url}/soon/`)).status).toBe(404);
    expect((await fetch(`${url}/.sec/view?drafts=on&key=guess`)).status).toBe(403);
    expect((await fetch(`${url}/soon/`)).status).toBe(404);
    const [, key = ''] = /name="key" value="(\w+)"/.exec(await barOf(url, '/')) ?? [];
    const shown = await fetch(`${url}/.sec/view?key=${key}&drafts=on&future=on&page=/soon/`);
    expect([shown.url, shown.status]).toEqual([`${url}/soon/`, 200]);
    expect((await fetch(`${url}/later/`)).status).toBe(200);
    expect(await barOf(url, '/')).toContain('drafts · future');
    const elsewhere = await fetch(`${url}/.sec/view?key=${key}&page=//evil.example/x`, {
      redirect: 'manual',
    });
    expect(elsewhere.headers.get('location')).toBe('/');
    await fetch(`${url}/.sec/view?key=${key}&clock=2199-06-01`);
    expect([(await fetch(`${url}/soon/`)).status, (await fetch(`${url}/later/`)).status]).toEqual([404, 200]);
    await fetch(`${url}/.sec/view?key=${key}&clock=soon`);
    expect(await barOf(url, '/')).toContain('soon is not a date');
  });
});
