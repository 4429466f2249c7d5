import type { SitePromotion } from '../promotion.ts';

/** The promotions that are on the site at this moment: from the start of their first day to the end of the last. */
export function activePromotions(
  promotions: readonly SitePromotion[],
  now: Temporal.Instant,
  timezone: string,
  future = false,
): SitePromotion[] {
  const today = now.toZonedDateTimeISO(timezone).toPlainDate();
  const { compare } = Temporal.PlainDate;
  return promotions
    .filter(({ starts, ends }) => (future || compare(starts, today) <= 0) && compare(today, ends) <= 0)
    .sort((a, b) => compare(a.ends, b.ends) || (a.campaign < b.campaign ? -1 : 1));
}

/** Moments after `now` at which a promotion appears or disappears. */
export function promotionChanges(
  promotions: readonly SitePromotion[],
  now: Temporal.Instant,
  timezone: string,
): Temporal.Instant[] {
  return promotions
    .flatMap(({ starts, ends }) => [starts, ends.add({ days: 1 })])
    .map((day) => day.toZonedDateTime(timezone).toInstant())
    .filter((moment) => Temporal.Instant.compare(moment, now) > 0);
}
