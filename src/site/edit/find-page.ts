import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import { slugify } from '../../core/slug.ts';
import { shortName } from '../collect/menu.ts';
import type { Page } from '../page/page.ts';
import type { TextSource } from '../source/sources.ts';

const ENDING = /\.(md|markdown|mdx)$/i;

/**
 * The page that somebody means by a word: its path below content/ with or without `.md`, its short name (`contact`
 * for `contact/_index.md`), its address or its title, and where none is called so, the beginnings of words that only
 * one page has in its title or path, accents or not: `kirsu kuka`. Where languages share the word, the main one's page
 * is meant.
 *
 * @param pages in the order of the site's languages
 * @throws PAGE_UNKNOWN with the near names
 */
export function findPage(pages: readonly Page[], word: string, client: string): Page {
  const wanted = word.trim().replace(/^(\.\/)?(sites\/[^/]+\/)?content\//, '');
  const bare = wanted.replace(ENDING, '');
  const tests: ((page: Page) => boolean)[] = [
    ({ path }) => path === wanted,
    ({ path }) => path.replace(ENDING, '') === bare,
    ({ url }) => url === wanted || url === `${wanted}/` || url === `/${bare}/`,
    (page) => shortName(page).toLowerCase() === (bare.replace(/\/$/, '') || 'home').toLowerCase(),
    ({ title }) => title.toLowerCase() === wanted.toLowerCase(),
  ];
  for (const test of tests) {
    const found = pages.find(test);
    if (found) return found;
  }
  const some = pagesWith(wordsOf(bare), pages);
  const [only] = some;
  if (only && some.every(({ translationKey }) => translationKey === only.translationKey)) return only;
  const names = [...new Set([...pages.map(shortName), ...pages.map(({ title }) => title)])];
  const near = some.length > 0 ? [...new Set(some.map(shortName))].slice(0, OFFERED) : nearNames(word, names);
  throw fail('PAGE_UNKNOWN', { page: word, client, near });
}

/** As many pages are named where a word fits several. */
const OFFERED = 5;
/** Shorter ones begin too many words to mean one page. */
const SHORTEST = 3;

const wordsOf = (text: string): string[] => slugify(text).split('-').filter(Boolean);

/** The pages that have a word for each of these beginnings. */
function pagesWith(beginnings: readonly string[], pages: readonly Page[]): Page[] {
  if (beginnings.join('').length < SHORTEST) return [];
  return pages.filter(({ title, path }) => {
    const words = wordsOf(`${title} ${path.replace(ENDING, '')}`);
    return beginnings.every((beginning) => words.some((word) => word.startsWith(beginning)));
  });
}

/** Whether a word is the name of a file below content/, whatever is in it: its path, with or without ending. */
export const isFileNamed = ({ path, file }: TextSource, word: string): boolean =>
  [path, file, path.replace(ENDING, ''), path.replace(ENDING, '').replace(/\/_?index$/, '')].includes(
    word.replace(/^\/|\/$/g, ''),
  );
