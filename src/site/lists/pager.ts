import type { Page } from '../page/page.ts';

/** One part of a list: `/news/` has the first, `/news/page/2/` the second. */
export interface Pager {
  /** From 1. */
  readonly number: number;
  /** Pages of this part. */
  readonly pages: readonly Page[];
  /** How many pages there are in all parts together. */
  readonly count: number;
  /** Addresses of all parts, in order. */
  readonly urls: readonly string[];
}

/** The id of what continues a list. */
const partId = ({ id }: Page, number: number): string => `${id}#${number}`;

/** The address of one part of a list. */
const partUrl = ({ url }: Page, number: number): string =>
  number === 1 ? url : `${url.replace(/[^/]*$/, '')}page/${number}/`;

/**
 * A list in parts: the page itself is the first, and more like it follow.
 *
 * @param listed all that the page lists
 */
export function inParts(
  page: Page,
  listed: readonly Page[],
  size: number,
): { readonly page: Page; readonly pager: Pager }[] {
  const count = Math.max(1, Math.ceil(listed.length / size));
  const urls = Array.from({ length: count }, (_, n) => partUrl(page, n + 1));
  return urls.map((url, n) => ({
    page: n === 0 ? page : partOf(page, n + 1, url),
    pager: { number: n + 1, pages: listed.slice(n * size, (n + 1) * size), count: listed.length, urls },
  }));
}

const partOf = (page: Page, part: number, url: string): Page => ({
  ...page,
  id: partId(page, part),
  url,
  part,
  translationKey: `${page.translationKey}#${part}`,
  aliases: [],
});
