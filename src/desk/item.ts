/** What an item asks of the operator, the most pressing first. */
export const urgencies = ['failing', 'due', 'waiting', 'coming'] as const;
export type Urgency = (typeof urgencies)[number];

/** One line of the board: something that is due, waits, fails or comes soon at one client. */
export interface DeskItem {
  readonly client: string;
  /** `site`, the campaign's name, or `policy`. */
  readonly about: string;
  readonly urgency: Urgency;
  /** One sentence. Holds nobody's address. */
  readonly text: string;
  /** The command that moves it on, ready to be typed. */
  readonly next: string;
  /** The day that it is about, ISO 8601 in the client's time zone. */
  readonly day?: string | undefined;
}

/** Days ahead that count as soon. */
export const SOON_DAYS = 7;

/** Whole days from `a` to `b`, negative where `b` is earlier. */
export const daysBetween = (a: Temporal.PlainDate, b: Temporal.PlainDate): number =>
  a.until(b, { largestUnit: 'days' }).days;
