import { describe, expect, it } from 'vitest';
import { pictureFinisher } from '../../../src/site/render/html-pictures.ts';
import { picture } from '../support/pictures.ts';
import { testSite } from '../support/workspace.ts';

/** A finder that knows `known.svg`, 400 × 200, and a photo beside the page. */
const finder = {
  link: (written: string) => (written.startsWith('beside') ? `/news/${written}` : written),
  picture: (address: string) => {
    if (address === 'known.svg') return { width: 400, height: 200 };
    if (address !== '/news/beside.jpg') return undefined;
    const sources = [{ type: 'image/avif', srcset: '/b-400.avif 400w' }];
    return { width: 800, height: 600, sources, fallback: '/b-800.jpg' };
  },
};
const finish = (html: string) => pictureFinisher()(html, finder);

describe('pictures in raw HTML', () => {
  it('get their size, and are loaded when they are seen', () => {
    expect(finish('<p><IMG alt="A > B" src=known.svg /></p>')).toBe(
      '<p><img alt="A > B" src="known.svg" width="400" height="200" loading="lazy"></p>',
    );
  });

  it('keep the size that was written, with the half that was left out', () => {
    expect(finish('<img src="known.svg" width="100">')).toContain('width="100" height="50"');
    expect(finish('<img src="known.svg" height="100">')).toContain('height="100" width="200"');
    expect(finish('<img src="known.svg" width="50%" loading="eager">')).toBe(
      '<img src="known.svg" width="50%" loading="eager">',
    );
  });

  it('come in other sizes and formats, for the width at which they are shown', () => {
    expect(finish(`<img class='wide' src="beside.jpg" width="300">`)).toBe(
      '<picture><source type="image/avif" srcset="/b-400.avif 400w" sizes="auto, min(300px, 100vw)">' +
        '<img class="wide" src="/b-800.jpg" width="300" height="225" loading="lazy" decoding="async"></picture>',
    );
  });

  it('stay what their author made of them where that was more', () => {
    const inside = '<picture><source srcset="a.webp"><img src="beside.jpg"></picture>';
    expect(finish(inside)).toBe(
      '<picture><source srcset="a.webp"><img src="/news/beside.jpg" width="800" height="600" loading="lazy"></picture>',
    );
    expect(finish('<img src="beside.jpg" srcset="x.jpg 2x">')).not.toContain('<picture');
    const pieces = pictureFinisher();
    expect(pieces('<picture>', finder) + pieces('<img src="beside.jpg">', finder)).not.toContain('<source');
  });

  it.each([
    '<!-- <img src="known.svg"> -->',
    '<!-- <img src="known.svg">',
    '<script>"<img src=\'known.svg\'>"</script>',
    '<img src="https://example.com/a.jpg">',
    '<img src="known.svg',
    '<img alt="none">',
    '<imgx src="known.svg">',
    'a < b <',
  ])('leave %s as it is', (html) => {
    expect(finish(html)).toBe(html);
  });

  it('are found beside their page, as those of Markdown are, and pass the sanitiser', async () => {
    const site = testSite({
      'content/news/a.md':
        '---\ntitle: A\n---\nText <img src="p.jpg" alt="P" onerror="x()"> here.\n\n<div>\n<img src="p.jpg" alt="Q">\n</div>\n',
    });
    site.write({ 'content/news/p.jpg': await picture(600, 300).jpeg().toBuffer() });
    const html = site.read(await site.build(), 'news/a/index.html');
    expect(
      html.match(/<picture><source type="image\/avif" srcset="\/assets\/pictures\/p-400\.[^"]+"/g),
    ).toHaveLength(2);
    expect(html.match(/alt="[PQ]" width="600" height="300" loading="lazy" decoding="async"/g)).toHaveLength(
      2,
    );
    expect(html).not.toContain('onerror');
  });
});
