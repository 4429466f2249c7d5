import type { EventKind } from '../events/event.ts';
import type { HourCount } from '../events/event-log.ts';
import type { Tally } from '../tally.ts';

/** What servers answered in one hour. */
export interface SentHour {
  /** Its first moment. */
  readonly hour: Temporal.Instant;
  readonly accepted: number;
  readonly rejected: number;
}

/** What servers answered for the recipients of one mail domain. */
export interface DomainCount {
  readonly domain: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly inDoubt: number;
}

/** A campaign's recorded answers, drawn together. Holds no recipient's address. */
export interface Breakdown {
  /** In order. */
  readonly hours: readonly SentHour[];
  /** The largest first. */
  readonly domains: readonly DomainCount[];
}

export interface ReportFacts {
  readonly tally: Tally;
  /** How many of the rejected were called back before they left. */
  readonly recalled: number;
  readonly breakdown: Breakdown;
  readonly events: Readonly<Record<EventKind, number>>;
  readonly eventHours: readonly HourCount[];
}

/** Something that grew over time: pairs of a moment and how many there were by then. */
export interface Series {
  readonly name: SeriesName;
  readonly points: readonly { readonly at: Temporal.Instant; readonly total: number }[];
}

export type SeriesName = 'sent' | 'delivered' | 'bounced' | 'unsubscribed';

export interface SendReport {
  readonly candidates: number;
  readonly excluded: number;
  readonly sent: number;
  /** Null where nobody tells: an SMTP server does not. */
  readonly delivered: number | null;
  readonly bounced: number;
  readonly complained: number;
  readonly unsubscribed: number;
  /** Refused by a server. */
  readonly rejected: number;
  /** Called back before they left. */
  readonly recalled: number;
  readonly inDoubt: number;
  /** Still to go. */
  readonly planned: number;
  /** Those with anything in them. */
  readonly series: readonly Series[];
  /** The largest domains, the rest drawn together under an empty name. */
  readonly domains: readonly DomainCount[];
}

/** Below so many recipients a domain is not named: it may be one person's own. */
const FEWEST = 3;
const MOST_DOMAINS = 10;

/** What a client is told of a campaign. */
export function makeReport({ tally, recalled, breakdown, events, eventHours }: ReportFacts): SendReport {
  const { suppressed, duplicate, invalid, segment } = tally.excluded;
  return {
    candidates: tally.candidates,
    excluded: suppressed + duplicate + invalid + segment,
    sent: tally.accepted,
    delivered: events.delivered > 0 ? events.delivered : null,
    bounced: events.bounced,
    complained: events.complained,
    unsubscribed: events.unsubscribed,
    rejected: tally.rejected - recalled,
    recalled,
    inDoubt: tally.inDoubt,
    planned: tally.planned + tally.sending,
    series: [
      growth(
        'sent',
        breakdown.hours.map(({ hour, accepted }) => [hour, accepted]),
      ),
      ...(['delivered', 'bounced', 'unsubscribed'] as const).map((kind) =>
        growth(
          kind,
          eventHours.filter((one) => one.kind === kind).map(({ hour, recipients }) => [hour, recipients]),
        ),
      ),
    ].filter(({ points }) => points.length > 0),
    domains: nameable(breakdown.domains),
  };
}

function growth(name: SeriesName, counts: readonly (readonly [Temporal.Instant, number])[]): Series {
  let total = 0;
  const points = counts
    .filter(([, n]) => n > 0)
    .map(([hour, n]) => {
      total += n;
      return { at: hour.add({ hours: 1 }), total };
    });
  const [first] = counts;
  return { name, points: points.length === 0 || !first ? [] : [{ at: first[0], total: 0 }, ...points] };
}

function nameable(domains: readonly DomainCount[]): DomainCount[] {
  const size = ({ accepted, rejected, inDoubt }: DomainCount) => accepted + rejected + inDoubt;
  const named = domains.filter((one) => size(one) >= FEWEST).slice(0, MOST_DOMAINS);
  const others = domains.filter((one) => !named.includes(one));
  if (others.length === 0) return named;
  const sum = (pick: (one: DomainCount) => number) => others.reduce((all, one) => all + pick(one), 0);
  return [
    ...named,
    {
      domain: '',
      accepted: sum(({ accepted }) => accepted),
      rejected: sum(({ rejected }) => rejected),
      inDoubt: sum(({ inDoubt }) => inDoubt),
    },
  ];
}
