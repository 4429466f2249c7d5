import type { Digest } from '../../core/digest.ts';
import type { Front } from '../../site/source/fronts.ts';
import { readFront } from '../../site/source/read-front.ts';
import type { PageSource } from '../../site/source/sources.ts';
import { hearPage, type ToldPage, tellPage } from './page-texts.ts';

/** A page that was told before, by its place among those, or one that was not. */
export type NamedPage = number | ToldPage;

/** Fields of texts by their hashes. */
export type ToldFronts = readonly (readonly [Digest, Front])[];

/** Pages are told so many at once: few enough that nobody waits for the first, enough that telling costs nothing. */
const AT_ONCE = 200;

/** Tells other threads of pages while they are read. */
export type PageTeller = ReturnType<typeof pageTeller>;
export function pageTeller(post: (pages: readonly ToldPage[]) => void) {
  const places = new Map<PageSource, number>();
  let waiting: ToldPage[] = [];
  const send = () => {
    if (waiting.length > 0) post(waiting);
    waiting = [];
  };
  return {
    tell(page: PageSource): void {
      places.set(page, places.size);
      if (waiting.push(tellPage(page)) === AT_ONCE) send();
    },
    /** Names pages: all that were told have been sent then. */
    name(pages: readonly PageSource[]): NamedPage[] {
      send();
      return pages.map((page) => places.get(page) ?? tellPage(page));
    },
  };
}

/** The other end: takes pages apart while the next ones are read. */
export type PageHearer = ReturnType<typeof pageHearer>;
export function pageHearer() {
  const heard: PageSource[] = [];
  const fronts = new Map<Digest, Front>();
  return {
    fronts,
    /** @returns what is known now of these texts */
    hear(pages: readonly ToldPage[]): ToldFronts {
      const sources = pages.map(hearPage);
      heard.push(...sources);
      return sources.flatMap((page) => {
        takeApart(page, fronts);
        const front = fronts.get(page.sha256);
        return front ? [[page.sha256, front] as const] : [];
      });
    },
    find(named: NamedPage): PageSource {
      const page = typeof named === 'number' ? heard[named] : hearPage(named);
      if (!page) throw new TypeError('Pages are named after they are told.');
      return page;
    },
  };
}

/** What is wrong with a page is found again when the site is arranged, in the order of its pages. */
function takeApart(page: PageSource, fronts: Map<Digest, Front>): void {
  try {
    readFront(page, fronts);
  } catch {
    // Nobody has asked for it yet.
  }
}
