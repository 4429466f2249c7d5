import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { testSite } from '../site/support/workspace.ts';
import { sec } from '../support/sec.ts';

async function shop() {
  const site = testSite({
    'content/_index.md': '---\ntitle: The Shop\n---\n',
    'content/bread.md': '---\ntitle: Our bread\n---\n',
    'content/visit/_index.md':
      '---\ntitle: Visit us\nhero: {src: old.jpg, alt: The old door}\nteam:\n  - name: Anna\n---\n',
    'content/visit/old.jpg': 'not really',
  });
  site.theme({
    'layouts/page.hbs':
      '{{#> base}}{{#if page.image}}{{image page.image alt=(default page.imageAlt "")}}{{/if}}{{/base}}',
  });
  const photo = (background: string) =>
    sharp({ create: { width: 2400, height: 1200, channels: 3, background } })
      .jpeg()
      .toBuffer();
  writeFileSync(site.path('Ķiršu kūka!.JPG'), await photo('#a50'));
  writeFileSync(site.path('other.jpg'), await photo('#05a'));
  return site;
}
type Shop = Awaited<ReturnType<typeof shop>>;
const update = (site: Shop, ...words: string[]) =>
  sec(['site', 'update', 'shop', ...words], { cwd: site.root });
const page = (site: Shop, path = 'bread.md') => readFileSync(site.path(`sites/shop/content/${path}`), 'utf8');

describe('sec site update --image', () => {
  it('puts a picture on the page, with its words and under a safe name, and publishes both', async () => {
    const site = await shop();
    const ran = await update(
      site,
      'bread',
      '--image',
      'image=Ķiršu kūka!.JPG',
      '--alt',
      'image=A cherry cake',
      '--yes',
      '--json',
    );
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({
      changes: [
        { field: 'image', from: null, to: '/img/kirsu-kuka.jpg' },
        { field: 'imageAlt', from: null, to: 'A cherry cake' },
      ],
      saved: true,
      published: { applied: true },
    });
    const html = readFileSync(site.path('public/shop/bread/index.html'), 'utf8');
    expect(html).toMatch(
      /<picture><source type="image\/avif"[^>]*>.*<img src="[^"]*kirsu-kuka[^"]*\.jpg"[^>]* alt="A cherry cake"[^>]* width="2000" height="1000"/s,
    );
    expect((await sharp(site.path('public/shop/img/kirsu-kuka.jpg')).metadata()).width).toBe(2000);
  });

  it('keeps it beside a page that has a folder, and in the form that the page has', async () => {
    const site = await shop();
    const words = [
      '--image',
      'hero=other.jpg',
      '--alt',
      'hero=The new door',
      '--image',
      'team[0].image=other.jpg',
      '--alt',
      'team[0].image=Anna',
    ];
    const ran = await update(site, 'visit', ...words, '--no-publish');
    expect(ran.code).toBe(0);
    expect(page(site, 'visit/_index.md')).toContain(
      'hero: {src: other.jpg, alt: The new door}\nteam:\n  - name: Anna\n    image: other.jpg\n    alt: Anna\n',
    );
    expect(readdirSync(site.path('sites/shop/content/visit')).sort()).toEqual([
      '_index.md',
      'old.jpg',
      'other.jpg',
    ]);
  });

  it('never writes over another picture, and keeps one picture once', async () => {
    const site = await shop();
    const put = () =>
      update(site, 'bread', '--image', 'image=other.jpg', '--alt', 'image=Bread', '--no-publish');
    site.write({ 'static/img/other.jpg': 'another picture' });
    expect((await put()).code).toBe(0);
    expect(page(site)).toContain('image: /img/other-2.jpg');
    expect((await put()).code).toBe(0);
    expect(readdirSync(site.path('sites/shop/static/img')).sort()).toEqual(['other-2.jpg', 'other.jpg']);
    expect(readFileSync(site.path('sites/shop/static/img/other.jpg'), 'utf8')).toBe('another picture');
  });

  it('takes the picture away again where somebody else changed the page meanwhile', async () => {
    const site = await shop();
    const editor = site.path('editor.sh');
    writeFileSync(editor, `#!/bin/sh\necho Changed. >> ${site.path('sites/shop/content/bread.md')}\n`);
    chmodSync(editor, 0o755);
    const ran = await sec(
      [
        'site',
        'update',
        'shop',
        'bread',
        '--image',
        'image=other.jpg',
        '--alt',
        'image=x',
        '--edit',
        '--no-publish',
      ],
      { cwd: site.root, env: { EDITOR: editor, VISUAL: '' } },
    );
    expect(ran.code).toBe(75);
    expect(existsSync(site.path('sites/shop/static/img/other.jpg'))).toBe(false);
  });

  it.each([
    ['no words for it', ['--image', 'image=other.jpg'], 2, 'FLAG_MISSING'],
    ['words without a picture', ['--alt', 'image=Bread'], 2, 'FLAG_INVALID'],
    ['a file that is none', ['--image', 'image=sec.yaml', '--alt', 'image=x'], 65, 'IMAGE_UNUSABLE'],
    ['a file that is not there', ['--image', 'image=nothing.jpg', '--alt', 'image=x'], 65, 'IMAGE_UNUSABLE'],
    ['a field without a file', ['--image', 'image'], 2, 'SET_INVALID'],
    [
      'a page that would not build',
      ['--image', 'image=other.jpg', '--alt', 'image=x', '--set', 'layout=nowhere'],
      78,
      'LAYOUT_MISSING',
    ],
    ['a dry run', ['--image', 'image=other.jpg', '--alt', 'image=x', '--dry-run'], 0, undefined],
  ])('writes nothing to the site for %s', async (_, words, exit, code) => {
    const site = await shop();
    const ran = await update(site, 'bread', ...(words as string[]), '--no-publish', '--json');
    expect([ran.code, ran.json<{ error?: { code: string } }>().error?.code]).toEqual([exit, code]);
    expect(page(site)).toBe('---\ntitle: Our bread\n---\n');
    expect(existsSync(site.path('sites/shop/static'))).toBe(false);
  });
});
