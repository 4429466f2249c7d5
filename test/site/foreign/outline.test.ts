import { expect, it } from 'vitest';
import { outlineOf } from '../../../src/site/foreign/outline.ts';

it.each([
  ['index.html', '<title>Home</title>', { url: '/', title: 'Home', lang: 'lv' }],
  [
    'about/index.html',
    '<!doctype html><html class="a" lang=en-GB><title>\n Caf&eacute; &amp;\n more </title>',
    { url: '/about/', title: 'Café & more', lang: 'en-GB' },
  ],
  ['a/b.html', '<!-- <title>no</title> --><p>', { url: '/a/b.html', title: '/a/b.html', lang: 'lv' }],
  ['myindex.html', '<title></title>', { url: '/myindex.html', title: '/myindex.html', lang: 'lv' }],
])('says what %s is to a person', (path, html, expected) => {
  expect(outlineOf(path, html, 'lv')).toEqual({ path, ...expected });
});
