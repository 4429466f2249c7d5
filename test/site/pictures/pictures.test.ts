import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { phonePhoto, picture } from '../support/pictures.ts';
import { type TestSite, testSite } from '../support/workspace.ts';

const page = (body: string, fields = '') => `---\ntitle: Home\n${fields}---\n${body}\n`;

function siteWith(
  pictures: Readonly<Record<string, Buffer | string>>,
  files: Readonly<Record<string, string>>,
): TestSite {
  const site = testSite(files);
  site.write(pictures);
  return site;
}

const made = (files: Iterable<string>) => [...files].filter((path) => path.startsWith('assets/pictures/'));
const bytesOf = (result: Awaited<ReturnType<TestSite['build']>>, path: string) =>
  readFileSync(result.content.locate(path));
const kept = (site: TestSite) => readdirSync(site.path('.sec/clients/shop/build/pictures'));

describe('a photo in a text', () => {
  it('comes in sizes up to its own, in AVIF and WebP, with its own format for old browsers', async () => {
    const site = siteWith(
      { 'content/maize.jpg': await picture(900, 600).jpeg().toBuffer() },
      { 'content/_index.md': page('![Bread](maize.jpg)') },
    );
    const result = await site.build();
    const html = site.read(result, 'index.html');
    expect(html).toMatch(
      /<p><picture><source type="image\/avif" srcset="\/assets\/pictures\/maize-400\.[0-9a-f]{12}\.avif 400w, \S+ 800w" sizes="auto, [^"]+"><source type="image\/webp" srcset="[^"]+" sizes="[^"]+"><img src="\/assets\/pictures\/maize-800\.[0-9a-f]{12}\.jpg" alt="Bread" width="900" height="600" loading="lazy" decoding="async"><\/picture><\/p>/,
    );
    const files = made(result.release.files.keys());
    expect(files).toHaveLength(5);
    for (const path of files) {
      const { format, width, height } = await sharp(bytesOf(result, path)).metadata();
      expect(path).toContain(`-${width}.`);
      expect(height).toBe(Math.round(((width ?? 0) * 2) / 3));
      expect({ heif: 'avif', jpeg: 'jpg' }[format as string] ?? format).toBe(path.split('.').at(-1));
    }
    for (const [, address] of html.matchAll(/(\/assets\/pictures\/\S+?\.\w+)[ ",]/g))
      expect(result.release.files.has(address?.slice(1) ?? '')).toBe(true);
  });

  it('stands upright and tells nobody where it was taken, nor at its own address', async () => {
    const photo = await phonePhoto(300, 200);
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const site = siteWith(
      { 'static/p.jpg': photo, 'content/q.jpg': photo, 'content/unused.jpg': photo },
      { 'content/_index.md': page('![P](/p.jpg) ![Q](q.jpg)', 'image: p.jpg\n') },
    );
    const result = await site.build();
    expect(site.read(result, 'index.html')).toContain('width="200" height="300"');
    const pictures = [...result.release.files.keys()].filter((path) => /\.(jpg|webp|avif)$/.test(path));
    expect(pictures.length).toBeGreaterThanOrEqual(6);
    for (const path of pictures) {
      const bytes = bytesOf(result, path);
      const { width, height, exif, orientation, xmp, iptc } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, orientation: orientation ?? 1 }).toEqual({ orientation: 1 });
      expect(width).toBeLessThan(height as number);
      expect(bytes.includes('Ilze')).toBe(false);
    }
  });

  it('has the same bytes under the same names, whoever makes it', async () => {
    const photo = await picture(500, 300).jpeg().toBuffer();
    const digests = await Promise.all(
      [1, 2].map(async () => {
        const site = siteWith({ 'content/p.jpg': photo }, { 'content/_index.md': page('![P](p.jpg)') });
        return (await site.build()).release.digest;
      }),
    );
    expect(digests[0]).toBe(digests[1]);
  });

  it('is found under a name with blanks and letters of its own', async () => {
    const site = siteWith(
      { 'content/mūsu māja.png': await picture(120, 80).png().toBuffer() },
      { 'content/_index.md': page('![M](<mūsu māja.png>)') },
    );
    const result = await site.build();
    expect(site.read(result, 'index.html')).toMatch(/musu-maja-120\.[0-9a-f]{12}\.png" alt="M" width="120"/);
  });
});

describe('a picture of a field', () => {
  it('comes in all sizes through the helper, and in one that networks take for shared links', async () => {
    const site = siteWith(
      { 'content/hero.webp': await picture(1700, 900).webp().toBuffer() },
      { 'content/_index.md': page('Text', 'image: hero.webp\n') },
    );
    site.theme({
      'layouts/page.hbs':
        '<head>{{{head.html}}}</head>{{#if page.image}}{{image page.image alt="Shop" sizes="50vw" loading="eager" class="wide"}}{{/if}}',
    });
    const result = await site.build();
    const html = site.read(result, 'index.html');
    expect(html).toMatch(/<source type="image\/avif" srcset="[^"]+ 1600w" sizes="50vw">/);
    expect(html).toMatch(
      /<img src="\/assets\/pictures\/hero-1200\.[0-9a-f]{12}\.webp" alt="Shop" width="1700" height="900" class="wide" loading="eager" fetchpriority="high"/,
    );
    const [, shared = ''] =
      /og:image" content="https:\/\/shop\.example\/(assets\/pictures\/hero-1200\.\w+\.jpg)"/.exec(html) ?? [];
    expect(html).toContain('<meta property="og:image:width" content="1200">');
    expect(html).toContain('<meta property="og:image:height" content="635">');
    expect(await sharp(bytesOf(result, shared)).metadata()).toMatchObject({ width: 1200, height: 635 });
  });

  it('is shared as it is, where every network takes it', async () => {
    const site = siteWith(
      { 'static/share.png': await picture(1200, 630).png().toBuffer() },
      { 'content/_index.md': page('Text', 'image: /share.png\n') },
    );
    const result = await site.build();
    expect(site.read(result, 'index.html')).toContain('content="https://shop.example/share.png"');
    expect(made(result.release.files.keys())).toEqual([]);
  });
});

describe('a picture that is published without being changed', () => {
  it('is named, where it may tell the place', async () => {
    const site = siteWith({ 'static/IMG_2.heic': 'x' }, { 'content/_index.md': page('Text') });
    expect((await site.build()).warnings).toEqual([
      expect.stringMatching(/^sites\/shop\/static\/IMG_2\.heic would be on the site as it is/),
    ]);
  });
});

describe('building again', () => {
  it('makes only pictures that are new, and keeps those of pages that did not change', async () => {
    const site = siteWith(
      { 'content/a.jpg': await picture(200, 100).jpeg().toBuffer() },
      { 'content/_index.md': page('![A](a.jpg)'), 'content/b.md': '---\ntitle: B\n---\nText.\n' },
    );
    const first = await site.build();
    const names = kept(site);
    expect(names).toHaveLength(3);
    site.write({ 'content/b.md': '---\ntitle: B\n---\nOther.\n' });
    const second = await site.build();
    expect(second.pages.rendered).toBe(1);
    expect(made(second.release.files.keys())).toEqual(made(first.release.files.keys()));
    expect(kept(site)).toEqual(names);

    site.write({ 'content/a.jpg': await picture(200, 100, 60).jpeg().toBuffer() });
    const third = await site.build();
    expect(third.pages.rendered).toBe(1);
    expect(made(third.release.files.keys())).not.toEqual(made(first.release.files.keys()));
    rmSync(site.path('.sec'), { recursive: true });
    expect((await site.build()).release.digest).toBe(third.release.digest);
  });

  it.each([
    ['a picture that a text now shows', '![A](a.jpg)', 'No picture.', '![A](a.jpg)'],
    ['a picture that no text shows any more', '![A](a.jpg)', '![A](a.jpg)', 'No picture.'],
  ])('publishes no more and no less for %s', async (_, __, before, after) => {
    const site = siteWith(
      { 'content/a.jpg': await picture(200, 100).jpeg().toBuffer() },
      { 'content/_index.md': page('Home'), 'content/b.md': `---\ntitle: B\n---\n${before}\n` },
    );
    await site.build();
    site.write({ 'content/b.md': `---\ntitle: B\n---\n${after}\n` });
    const again = await site.build();
    expect(made(again.release.files.keys())).toHaveLength(after.startsWith('!') ? 3 : 0);
    rmSync(site.path('.sec'), { recursive: true });
    expect((await site.build()).release.digest).toBe(again.release.digest);
  });

  it('makes a picture again whose kept file a crash left empty', async () => {
    const site = siteWith(
      { 'content/a.png': await picture(80, 80).png().toBuffer() },
      { 'content/_index.md': page('![A](a.png)') },
    );
    const { digest } = (await site.build()).release;
    const dir = site.path('.sec/clients/shop/build/pictures');
    for (const name of readdirSync(dir)) writeFileSync(join(dir, name), '');
    rmSync(site.path('.sec/clients/shop/build/objects'), { recursive: true });
    expect((await site.build()).release.digest).toBe(digest);
  });
});

describe('a picture that is not like the others', () => {
  it('is published as it is, measured, where it is a drawing or moves', async () => {
    const frames = [picture(40, 40), picture(40, 40, 90)].map((one) => one.png().toBuffer());
    const animation = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>';
    const site = siteWith(
      { 'content/a.gif': animation, 'content/d.svg': drawing },
      { 'content/_index.md': page('![A](a.gif) ![D](d.svg)') },
    );
    const result = await site.build();
    const html = site.read(result, 'index.html');
    expect(html).toContain('<img src="/a.gif" alt="A" width="40" height="40" loading="lazy">');
    expect(html).toContain('<img src="/d.svg" alt="D" width="30" height="20" loading="lazy">');
    expect(bytesOf(result, 'a.gif').equals(animation)).toBe(true);
  });

  it('is turned into the colours of a screen, where it was made for print', async () => {
    const print = await picture(120, 90).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(print).metadata()).space).toBe('cmyk');
    const site = siteWith({ 'content/p.jpg': print }, { 'content/_index.md': page('![P](p.jpg)') });
    const result = await site.build();
    const all = ['p.jpg', ...made(result.release.files.keys())];
    expect(all).toHaveLength(4);
    for (const path of all) expect((await sharp(bytesOf(result, path)).metadata()).space).toBe('srgb');
  });

  it('is an error that names it, where it is cut off, and the last good build is kept', async () => {
    const whole = await picture(300, 200).jpeg().toBuffer();
    const site = siteWith({ 'content/p.jpg': whole }, { 'content/_index.md': page('![P](p.jpg)') });
    const { digest } = (await site.build()).release;
    site.write({ 'content/p.jpg': whole.subarray(0, whole.length / 2) });
    await expect(site.build()).rejects.toMatchObject({
      code: 'PICTURE_BROKEN',
      message: expect.stringContaining('sites/shop/content/p.jpg: the picture is damaged'),
    });
    site.write({ 'content/p.jpg': whole });
    expect((await site.build()).release.digest).toBe(digest);
  });

  it('is an error, also when it is asked for again, where it would exhaust the machine', async () => {
    const bomb = await sharp({
      create: { width: 14_000, height: 8_000, channels: 3, background: '#fff' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    const site = siteWith({ 'content/p.png': bomb }, { 'content/_index.md': page('![P](p.png)') });
    for (const _ of [1, 2])
      await expect(site.build()).rejects.toMatchObject({
        code: 'PICTURE_BROKEN',
        message: expect.stringContaining('14000 × 8000 pixels'),
      });
  });

  it('is left as it is for the check to find, where it is no picture at all', async () => {
    const site = siteWith({ 'content/p.jpg': 'not a picture' }, { 'content/_index.md': page('![P](p.jpg)') });
    expect(site.read(await site.build(), 'index.html')).toContain(
      '<img src="/p.jpg" alt="P" loading="lazy">',
    );
  });
});
