import type { Pace, Room } from './pace.ts';

/** A pace, and how it learns what the client's other campaigns sent. */
export interface Pacing {
  readonly pace: Pace;
  readonly sentSince: (since: Temporal.Instant) => Promise<number>;
}

/** How many may go now. The count of the day is asked for each time: another campaign may be under way. */
export async function roomNow(pacing: Pacing | undefined, now: Temporal.Instant): Promise<Room> {
  if (!pacing) return { count: Number.POSITIVE_INFINITY, next: now.epochMilliseconds };
  const today = pacing.pace.today(now);
  return pacing.pace.room(now, today ? await pacing.sentSince(today.since) : 0);
}
