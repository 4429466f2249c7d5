import type { Page } from './page.ts';

export interface Visibility {
  readonly now: Temporal.Instant;
  readonly drafts: boolean;
  readonly future: boolean;
}

/**
 * Whether a page is on the site at this moment. As in Hugo, a page without a `publishDate` waits for its `date`.
 */
export function isVisible(page: Page, { now, drafts, future }: Visibility): boolean {
  if (page.draft && !drafts) return false;
  const from = page.publishDate ?? page.date;
  if (!future && isLater(from, now)) return false;
  return !page.expiryDate || isLater(page.expiryDate, now);
}

/** Moments after `now` at which this page appears or disappears by itself. */
export function changesOf(page: Page, now: Temporal.Instant): Temporal.Instant[] {
  if (page.draft) return [];
  const changes: Temporal.Instant[] = [];
  for (const moment of [page.publishDate ?? page.date, page.expiryDate])
    if (moment && isLater(moment, now)) changes.push(moment.toInstant());
  return changes;
}

function isLater(moment: Temporal.ZonedDateTime | undefined, now: Temporal.Instant): boolean {
  if (!moment) return false;
  const ahead = moment.epochMilliseconds - now.epochMilliseconds;
  return ahead === 0 ? moment.epochNanoseconds > now.epochNanoseconds : ahead > 0;
}
