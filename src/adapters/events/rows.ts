import type { EventKind, MailEvent } from '../../delivery/events/event.ts';
import type { HourCount } from '../../delivery/events/event-log.ts';

export const HOUR_MS = 3_600_000;

/** A row as a driver hands it out: numbers may come as texts. */
type Row = Readonly<Record<string, unknown>>;

/** @param row with the reason as a text, if there is one */
export const eventOf = ({ id, kind, at, campaign, recipient, reason, gone }: Row): MailEvent => ({
  id: String(id),
  kind: kind as EventKind,
  at: Temporal.Instant.fromEpochMilliseconds(Number(at)),
  recipient: String(recipient),
  ...(campaign === null ? {} : { campaign: String(campaign) }),
  ...(reason == null ? {} : { reason: String(reason) }),
  isGone: gone === true || Number(gone) === 1,
});

/** @param row the number of an hour since 1970, a kind, and how many */
export const hourCount = ({ hour, kind, n }: Row): HourCount => ({
  hour: Temporal.Instant.fromEpochMilliseconds(Number(hour) * HOUR_MS),
  kind: kind as EventKind,
  recipients: Number(n),
});

export const tallyBy = (count: (kind: EventKind) => number): Readonly<Record<EventKind, number>> => ({
  delivered: count('delivered'),
  deferred: count('deferred'),
  bounced: count('bounced'),
  complained: count('complained'),
  unsubscribed: count('unsubscribed'),
});
