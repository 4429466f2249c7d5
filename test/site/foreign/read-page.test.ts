import { expect, it } from 'vitest';
import { sha256 } from '../../../src/core/digest.ts';
import { readForeignPage } from '../../../src/site/foreign/read-page.ts';

const read = (path: string, text: string) =>
  readForeignPage({ path, file: path, text, sha256: sha256(text) }, { locales: ['lv', 'en'] });

it.each([
  ['_index.md', '---\ntitle: Home\n---\n', { kind: 'home', url: '/', title: 'Home', lang: 'lv' }],
  ['posts/first.en.md', '# The *first*  #\n', { url: '/posts/first/', title: 'The *first*', lang: 'en' }],
  ['docs/set-up.mdx', 'Text\n', { url: '/docs/set-up/', title: 'Set up' }],
  ['a.markdown', '---\npermalink: /x/\ntitle: [1]\n---\n', { url: '/x/', title: 'A' }],
])('finds a name for %s', (path, text, expected) => expect(read(path, text)).toMatchObject(expected));
