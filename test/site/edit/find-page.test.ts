import { describe, expect, it } from 'vitest';
import { findPage } from '../../../src/site/edit/find-page.ts';
import type { Page } from '../../../src/site/page/page.ts';
import { readPage } from '../../../src/site/page/read-page.ts';

const settings = { locales: ['lv', 'en'], timezone: 'Europe/Riga' };
const pages = Object.entries({
  'jaunumi/kuka.md': 'Ķiršu kūka svētdienās',
  'jaunumi/klingeris.md': 'Kliņģeris svētkos',
  'kursi.md': 'Kursi',
  'jaunumi/kuka.en.md': 'Cherry cake on Sundays',
  'kursi.en.md': 'Baking courses',
}).map(
  ([path, title]) =>
    readPage({ path, file: path, text: `---\ntitle: ${title}\n---\n`, sha256: path }, settings) as Page,
);
const find = (word: string) => findPage(pages, word, 'shop').path;

describe('finding the page that somebody means', () => {
  it.each([
    ['kursi', 'kursi.md'],
    ['sites/shop/content/jaunumi/kuka.en.md', 'jaunumi/kuka.en.md'],
    ['/en/kursi/', 'kursi.en.md'],
    ['cherry cake on sundays', 'jaunumi/kuka.en.md'],
    ['kirsu', 'jaunumi/kuka.md'],
    ['KŪKA svētd', 'jaunumi/kuka.md'],
    ['cherry', 'jaunumi/kuka.en.md'],
    ['klin', 'jaunumi/klingeris.md'],
  ])('takes %s for %s', (word, path) => {
    expect(find(word)).toBe(path);
  });

  it('takes none where several could be meant, and names them', () => {
    const near = ['jaunumi/kuka', 'jaunumi/klingeris'];
    const several = { code: 'PAGE_UNKNOWN', details: { page: 'svet', client: 'shop', near } };
    expect(() => find('svet')).toThrow(expect.objectContaining(several));
  });

  it.each(['sv', 'torte', 'kuka torte'])('takes none for %s', (word) => {
    expect(() => find(word)).toThrow(expect.objectContaining({ code: 'PAGE_UNKNOWN' }));
  });
});
