import { fail } from '../core/errors/index.ts';
import type { Client } from '../workspace/index.ts';

/** The first and the last day of a promotion, as its brief has them: `2026-12-24`. */
export interface CampaignDays {
  readonly starts?: string | undefined;
  readonly ends?: string | undefined;
}

/**
 * A mail about a promotion goes out on its days alone, both ends included, by the client's own calendar: an offer
 * that is over, or that no till knows of yet, would be a promise that the client does not keep.
 *
 * @throws CAMPAIGN_EARLY, CAMPAIGN_OVER
 */
export function checkDays(
  { name: client, timezone }: Pick<Client, 'name' | 'timezone'>,
  campaign: string,
  { starts, ends }: CampaignDays,
  now: Temporal.Instant,
): void {
  if (starts === undefined && ends === undefined) return;
  const today = now.toZonedDateTimeISO(timezone).toPlainDate();
  const facts = { client, campaign, today: today.toString(), timezone };
  const isBefore = (day: Temporal.PlainDate, other: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(day, other) < 0;
  if (starts !== undefined && isBefore(today, Temporal.PlainDate.from(starts)))
    throw fail('CAMPAIGN_EARLY', { ...facts, starts, rule: 'starts' });
  if (ends !== undefined && isBefore(Temporal.PlainDate.from(ends), today))
    throw fail('CAMPAIGN_OVER', { ...facts, ends, rule: 'ends' });
}
