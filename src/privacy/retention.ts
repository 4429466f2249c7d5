/** Rejected rows are of no use for longer: they are mended soon, or never. */
const REJECT_MONTHS = 1;

/** After how many months personal data goes; what is not named is kept, but for rejected rows. As `retention:` in site.yaml. */
export interface Retention {
  readonly lists?: number | undefined;
  readonly campaigns?: number | undefined;
  readonly events?: number | undefined;
  readonly rejects?: number | undefined;
}

/** What happened before these moments goes. */
export type Cutoffs = { readonly [Part in keyof Retention]?: Temporal.Instant };

/** Whole months back from now on the client's calendar: one month before 31 March is the end of February. */
export function cutoffsOf(retention: Retention, now: Temporal.Instant, timezone: string): Cutoffs {
  const local = now.toZonedDateTimeISO(timezone);
  return Object.fromEntries(
    Object.entries({ ...retention, rejects: retention.rejects ?? REJECT_MONTHS })
      .filter(([, months]) => months !== undefined)
      .map(([part, months]) => [part, local.subtract({ months }).toInstant()]),
  );
}

/** What is kept, as far as its age says whether it goes. */
export interface KeptData {
  readonly people: Iterable<{ readonly list: string; readonly id: string; readonly named: Temporal.Instant }>;
  /** Who had a mail since the moment before which people go. */
  readonly mailed: ReadonlySet<string>;
  readonly campaigns: readonly KeptCampaign[];
  readonly rejects: readonly { readonly file: string; readonly at: Temporal.Instant }[];
}

export interface KeptCampaign {
  readonly campaign: string;
  /** When its last mail was answered, or its people were fixed. */
  readonly last: Temporal.Instant;
  /** Whether nothing more of it will go out. */
  readonly isOver: boolean;
  /** Deliveries that carry somebody's address. */
  readonly held: number;
}

/** What goes. */
export interface PurgePlan {
  readonly lists: readonly { readonly list: string; readonly ids: readonly string[] }[];
  readonly campaigns: readonly { readonly campaign: string; readonly recipients: number }[];
  readonly eventsBefore: Temporal.Instant | undefined;
  readonly rejects: readonly string[];
}

/**
 * Works out what is older than it may be. Somebody stays on a list whom an import named or a mail was sent to since;
 * a campaign that may still send keeps its people however old it is.
 */
export function planPurge(before: Cutoffs, { people, mailed, campaigns, rejects }: KeptData): PurgePlan {
  const goes = (at: Temporal.Instant, cutoff: Temporal.Instant | undefined) =>
    cutoff !== undefined && Temporal.Instant.compare(at, cutoff) < 0;
  const ids = new Map<string, string[]>();
  for (const { list, id, named } of people) {
    if (!goes(named, before.lists) || mailed.has(id)) continue;
    const chosen = ids.get(list) ?? [];
    chosen.push(id);
    ids.set(list, chosen);
  }
  return {
    lists: [...ids].map(([list, chosen]) => ({ list, ids: chosen })),
    campaigns: campaigns
      .filter(({ isOver, held, last }) => isOver && held > 0 && goes(last, before.campaigns))
      .map(({ campaign, held }) => ({ campaign, recipients: held })),
    eventsBefore: before.events,
    rejects: rejects.filter(({ at }) => goes(at, before.rejects)).map(({ file }) => file),
  };
}
