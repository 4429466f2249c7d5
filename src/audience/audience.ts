import type { SegmentCounts } from './segment/segment.ts';

/** One person on a list, as a message is merged for them. */
export interface Recipient {
  /** Opaque and stable for this client: a keyed hash of the address key. Safe to put into headers and logs. */
  readonly id: string;
  /** The mailbox exactly as it is written to: local part kept, domain in ASCII. */
  readonly address: string;
  /** Normalised address: two spellings of one mailbox have one key. */
  readonly key: string;
  /** Merge fields by snake_case column name; an empty cell is an empty text. */
  readonly fields: Readonly<Record<string, string>>;
  /** The recipient's language where the list has a column for it. */
  readonly language?: string;
}

/** Why a row of a list is not written to. */
export type ExclusionReason = 'suppressed' | 'duplicate' | 'invalid' | 'segment';

/** One row of a list: somebody to write to, or somebody left out and why. Nobody is left out silently. */
export type Candidate =
  | { readonly kind: 'recipient'; readonly recipient: Recipient }
  | { readonly kind: 'excluded'; readonly reason: ExclusionReason; readonly line?: number };

/** Why this client may write to these people (GDPR art. 6; for customers, Directive 2002/58/EC art. 13(2)). */
export type Basis = 'consent' | 'customer';

/** Where a mailing's people come from: a stored list, or a CSV file given for this once. */
export interface AudienceSource {
  readonly client: string;
  /** The list's name, or the CSV file's. */
  readonly list: string;
  readonly basis: Basis;
  /** Merge fields, snake_case, in the list's order. */
  readonly columns: readonly string[];
  /** Where it is a part of a list: the expression, and what came of it when the candidates were last read. */
  readonly segment?: { readonly where: string; counts(): SegmentCounts };
  /** Every row once, in the list's order; streamed, so that memory stays flat. */
  candidates(): AsyncIterable<Candidate>;
}
