import type { Pace, Room } from './pace.ts';

/** Holds a pace to what all machines of an office send for the client. */
export interface PaceKeeper {
  /** Learns what others took; until `done` nobody else takes anything. */
  begin(pace: Pace): Promise<void>;
  /** Tells them what was taken, and lets them on. */
  done(pace: Pace): Promise<void>;
}

/** A pace, and how it learns what the client's other campaigns sent. */
export interface Pacing {
  readonly pace: Pace;
  readonly sentSince: (since: Temporal.Instant) => Promise<number>;
  /** Absent where one process sends for the client. */
  readonly keeper?: PaceKeeper | undefined;
}

/** Takes what the pace leaves room for, so that nobody else takes the same. */
export async function withinPace<T>(
  pacing: Pacing | undefined,
  now: () => Temporal.Instant,
  take: (room: Room) => Promise<T>,
): Promise<{ readonly room: Room; readonly taken: T }> {
  await pacing?.keeper?.begin(pacing.pace);
  try {
    const room = await roomNow(pacing, now());
    return { room, taken: await take(room) };
  } finally {
    await pacing?.keeper?.done(pacing.pace);
  }
}

/** How many may go now. The count of the day is asked for each time: another campaign may be under way. */
export async function roomNow(pacing: Pacing | undefined, now: Temporal.Instant): Promise<Room> {
  if (!pacing) return { count: Number.POSITIVE_INFINITY, next: now.epochMilliseconds };
  const today = pacing.pace.today(now);
  return pacing.pace.room(now, today ? await pacing.sentSince(today.since) : 0);
}
