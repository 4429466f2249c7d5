import type { EventKind, MailEvent } from './event.ts';

/** How often what happened in one hour. */
export interface HourCount {
  /** Its first moment. */
  readonly hour: Temporal.Instant;
  readonly kind: EventKind;
  readonly recipients: number;
}

/**
 * What was told of a client's messages: on one machine in a file, where an office shares a database in there. Holds ids
 * and no addresses, so it may outlive them. test/contracts/event-log.ts is what both must pass.
 */
export interface EventLog {
  /** Which of these ids were told before. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Keeps them durably, all or none. @returns the ids that were new, each once */
  add(events: readonly MailEvent[]): Promise<ReadonlySet<string>>;
  /** Recipients by kind: somebody who bounced twice counts once. */
  tally(campaign: string): Promise<Readonly<Record<EventKind, number>>>;
  /** How many of a campaign's recipients it happened to since then. */
  since(campaign: string, kind: EventKind, at: Temporal.Instant): Promise<number>;
  /** When what happened, in order. */
  hours(campaign: string): Promise<readonly HourCount[]>;
  /** What was told of one recipient, in order. */
  of(recipient: string): Promise<readonly MailEvent[]>;
  /** How many events happened before a moment. */
  before(at: Temporal.Instant): Promise<number>;
  /** Forgets what was told of a recipient, to the last byte. @returns how many events */
  forget(recipient: string): Promise<number>;
  /** Forgets what happened before a moment, to the last byte. @returns how many events */
  forgetBefore(at: Temporal.Instant): Promise<number>;
  close(): Promise<void>;
}

/** A log of one machine, which also keeps what others are still to be told. */
export interface WaitingEvents {
  /** Up to so many of them. */
  first(most: number): Promise<readonly MailEvent[]>;
  /** Lets go of those that others know now. */
  handOver(ids: readonly string[]): Promise<void>;
}

const AT_ONCE = 1000;

/** Tells everything that waits; what dies in between is told again, and counted once. */
export async function tellEvents(from: WaitingEvents, to: Pick<EventLog, 'add'>): Promise<void> {
  for (;;) {
    const events = await from.first(AT_ONCE);
    if (events.length === 0) return;
    await to.add(events);
    await from.handOver(events.map(({ id }) => id));
  }
}
