import type { ImportFacts } from '../audience/list-store.ts';
import type { Suppressed } from '../audience/suppression.ts';
import type { EventKind } from '../delivery/events/event.ts';
import type { Delivery } from '../delivery/ledger.ts';

/** All that the office holds of one person for one client: fit to be handed to that person. */
export interface PersonalRecord {
  readonly client: string;
  readonly business: string;
  readonly made: Temporal.Instant;
  readonly address: string;
  /** The name that the person has in logs and headers; null where the client never had lists. */
  readonly recipient: string | null;
  readonly lists: readonly HeldOnList[];
  readonly sends: readonly Omit<Delivery, 'basis'>[];
  readonly events: readonly HeldEvent[];
  readonly rejected: readonly HeldReject[];
  /** Since when and why nothing is sent to them; null where something may be. */
  readonly suppressed: Suppressed | null;
}

export interface HeldOnList {
  readonly list: string;
  readonly address: string;
  readonly language: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly evidence: readonly HeldEvidence[];
}

/** Why they may be written to: one import that named them. */
export interface HeldEvidence extends Omit<ImportFacts, 'delimiter'> {
  readonly sha256: string;
  readonly line: number;
}

export interface HeldEvent {
  readonly kind: EventKind;
  readonly at: Temporal.Instant;
  readonly campaign: string | null;
  readonly reason: string | null;
}

/** A row that was not taken over, and why. */
export interface HeldReject {
  /** Relative to the workspace. */
  readonly file: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** Whether anything at all is held. */
export const isHeld = ({ lists, sends, events, rejected, suppressed }: PersonalRecord): boolean =>
  lists.length + sends.length + events.length + rejected.length > 0 || suppressed !== null;
