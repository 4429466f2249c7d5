/** Mails are counted by quarters of an hour: midnight is at the beginning of one in every time zone. */
const SLOT_MS = 900_000;

/** The quarter of an hour that a moment is in. @param ms epoch milliseconds */
export const slotOf = (ms: number): number => Math.floor(ms / SLOT_MS);

/** Most that one turn passes over because of the pace: it holds the only pen meanwhile. */
export const MOST_POSTPONED = 1000;
