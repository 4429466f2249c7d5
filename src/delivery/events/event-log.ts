import type { EventKind, MailEvent } from './event.ts';

/** How often what happened in one hour. */
export interface HourCount {
  /** Its first moment. */
  readonly hour: Temporal.Instant;
  readonly kind: EventKind;
  readonly recipients: number;
}

/** What was told of a client's messages. Holds ids and no addresses, so it may outlive them. */
export interface EventLog {
  /** Whether an event of this id was told before. */
  has(id: string): boolean;
  /** @returns whether it was new */
  add(event: MailEvent): boolean;
  /** Recipients by kind: somebody who bounced twice counts once. */
  tally(campaign: string): Readonly<Record<EventKind, number>>;
  /** How many of a campaign's recipients it happened to since then. */
  since(campaign: string, kind: EventKind, at: Temporal.Instant): number;
  /** When what happened, in order. */
  hours(campaign: string): readonly HourCount[];
  /** Ids of those to whom it happened. */
  recipients(campaign: string, kind: EventKind): readonly string[];
  /** What was told of one recipient, in order. */
  of(recipient: string): readonly MailEvent[];
  /** How many events happened before a moment. */
  before(at: Temporal.Instant): number;
  /** Forgets what was told of a recipient, to the last byte. @returns how many events */
  forget(recipient: string): number;
  /** Forgets what happened before a moment, to the last byte. @returns how many events */
  forgetBefore(at: Temporal.Instant): number;
  close(): void;
}
