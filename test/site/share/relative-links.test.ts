import { describe, expect, it } from 'vitest';
import { relativeLinks, relativeStyle } from '../../../src/site/share/relative-links.ts';
import { isShared, sharedText } from '../../../src/site/share/shared-file.ts';

const files = new Set([
  'index.html',
  'bread/index.html',
  'en/bread/index.html',
  'img/a b.png',
  'img/rye.jpg',
  'main.css',
]);
const has = (path: string) => files.has(path);

describe('relativeLinks', () => {
  it.each([
    ['<a href="/bread/">', 'index.html', '<a href="bread/index.html">'],
    ['<a href="/">', 'en/bread/index.html', '<a href="../../index.html">'],
    ['<a href="/bread">', 'en/bread/index.html', '<a href="../../bread/index.html">'],
    ['<a href="/bread/#rye">', 'bread/index.html', '<a href="index.html#rye">'],
    ['<a href="../en/bread/">', 'bread/index.html', '<a href="../en/bread/index.html">'],
    [
      '<img src=\'/img/a%20b.png\' alt="/img/rye.jpg">',
      'bread/index.html',
      '<img src=\'../img/a%20b.png\' alt="/img/rye.jpg">',
    ],
    [
      '<img srcset="/img/rye.jpg 480w, /img/rye.jpg?x 2x">',
      'index.html',
      '<img srcset="img/rye.jpg 480w, img/rye.jpg 2x">',
    ],
    [
      '<meta http-equiv="refresh" content="0; url=/bread/">',
      'index.html',
      '<meta http-equiv="refresh" content="0; url=bread/index.html">',
    ],
    [
      '<p style="background:url(/img/rye.jpg)">',
      'bread/index.html',
      '<p style="background:url(../img/rye.jpg)">',
    ],
    [
      '<style>p{background:url("/img/rye.jpg")}</style>',
      'bread/index.html',
      '<style>p{background:url("../img/rye.jpg")}</style>',
    ],
  ])('leads %s to the file beside it', (html, path, wanted) => {
    expect(relativeLinks(html, path, has)).toBe(wanted);
  });

  it.each([
    '<a href="https://shop.example/bread/">',
    '<a href="//other.example/bread/">',
    '<a href="mailto:office@example.com">',
    '<a href="#rye">',
    '<a href="/nowhere/">',
    '<!-- <a href="/bread/"> -->',
    '<script>const a = \'<a href="/bread/">\'</script>',
    'text with href="/bread/" in it',
  ])('leaves %s as it is', (html) => {
    expect(relativeLinks(html, 'index.html', has)).toBe(html);
  });

  it('leads a stylesheet to its pictures', () => {
    expect(relativeStyle("a{src:url('/img/rye.jpg')}", 'assets/x.css', has)).toBe(
      "a{src:url('../img/rye.jpg')}",
    );
  });
});

describe('what is shared', () => {
  it('keeps search engines out, whatever the page said before', () => {
    const page =
      '<html><head><meta name="robots" content="index"><title>x</title></head><body></body></html>';
    const shared = sharedText('index.html', () => page, has) ?? '';
    expect(shared.match(/name="robots"/g)).toHaveLength(1);
    expect(shared).toContain('noindex, nofollow');
    expect(shared).toContain('<meta name="referrer" content="no-referrer">');
  });

  it('leaves out what is for search engines and hosts', () => {
    const left = ['sitemap.xml', 'robots.txt', '_redirects', 'feed.xml', 'en/feed.xml'];
    expect(left.filter(isShared)).toEqual([]);
    expect(isShared('feed.xml/index.html')).toBe(true);
  });
});
