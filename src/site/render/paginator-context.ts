import type { PageSummary } from '../collect/summary.ts';
import type { Pager } from '../lists/pager.ts';
import type { Page } from '../page/page.ts';
import { plainObject } from '../source/plain.ts';

/** A list in parts, as the layout of one of them sees it. Addresses are empty where there is no such part. */
export interface PaginatorContext {
  readonly number: number;
  readonly total: number;
  /** Pages in all parts together. */
  readonly count: number;
  readonly pages: readonly PageSummary[];
  readonly first: string;
  readonly last: string;
  readonly previous: string;
  readonly next: string;
  readonly parts: readonly { readonly label: string; readonly url: string; readonly current: boolean }[];
}

export function paginatorContext(
  { number, pages, count, urls }: Pager,
  summary: (page: Page) => PageSummary,
): PaginatorContext {
  return bare({
    number,
    total: urls.length,
    count,
    pages: pages.map(summary),
    first: urls[0] ?? '',
    last: urls.at(-1) ?? '',
    previous: urls[number - 2] ?? '',
    next: urls[number] ?? '',
    parts: urls.map((url, n) => bare({ label: String(n + 1), url, current: n + 1 === number })),
  });
}

const bare = <T extends object>(object: T): T => Object.assign(plainObject([]), object) as T;
