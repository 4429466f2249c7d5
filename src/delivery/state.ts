import type { ExclusionReason } from '../audience/audience.ts';
import type { Outcome } from './outcome.ts';

/** Where one recipient of one campaign stands. `deferred` is a planned one with a later `due`. */
export type RecipientState = 'planned' | 'excluded' | 'sending' | 'accepted' | 'rejected' | 'inDoubt';

/** What the ledger knows about one recipient's delivery. */
export interface Standing {
  readonly state: RecipientState;
  /** Tries that reached a server which answered; a try that never reached one does not count. */
  readonly attempt: number;
  /** Epoch milliseconds before which it is not claimed. */
  readonly due: number;
  /** Why it is excluded, rejected, in doubt, or planned again. Never an address. */
  readonly reason: string | null;
  readonly providerId: string | null;
}

export type DeliveryEvent =
  /** Claimed for a chunk. Durable before the first byte goes out. */
  | { readonly kind: 'claim' }
  | { readonly kind: 'exclude'; readonly reason: ExclusionReason }
  /** Enough goes to this domain for now; `until` is its own turn. */
  | { readonly kind: 'postpone'; readonly until: number }
  /** A new run begins: turns of an earlier one are given out anew. */
  | { readonly kind: 'unbook' }
  | { readonly kind: 'outcome'; readonly outcome: Outcome; readonly now: number }
  /** The writer that had claimed it is gone without saying what came of it. */
  | { readonly kind: 'writerLost' }
  /** A person found out what came of one in doubt. */
  | { readonly kind: 'resolve'; readonly as: 'accepted' | 'not-accepted' }
  /** Whoever took it confirmed, before it left, that it never will. */
  | { readonly kind: 'recall' };

/** Waits after the first, second … deferral, in milliseconds. When they are used up, the recipient is rejected. */
export const RETRY_WAITS: readonly number[] = [2_000, 30_000, 300_000, 900_000];

/** The reason of those who wait for their turn at a domain. */
export const BOOKED = 'waits for its turn: enough goes to this domain for now';

/** Whether a recipient's turn is here: it was given one in this run, and is asked about no more. */
export const isBooked = ({ state, reason }: Standing): boolean => state === 'planned' && reason === BOOKED;

/** The reason of those who were called back: no server refused them. */
export const RECALLED = 'called back before it left';
const WRITER_LOST = 'the sender stopped while it was in flight';

/** How a frozen recipient begins. */
export const planned: Standing = { state: 'planned', attempt: 0, due: 0, reason: null, providerId: null };

/**
 * The state machine of delivery: where a recipient stands after `event`. Pure; every ledger stores what it says.
 * What was `sending` never goes back to `planned` without a definite non-acceptance, and what is accepted,
 * rejected or excluded stays so, but for what is called back before it left.
 *
 * @throws TypeError for an event that the state does not know: a bug of the caller
 */
export function advance(from: Standing, event: DeliveryEvent, waits = RETRY_WAITS): Standing {
  switch (event.kind) {
    case 'claim':
      must(from, event, 'planned');
      return { ...from, state: 'sending', attempt: from.attempt + 1, reason: null };
    case 'exclude':
      must(from, event, 'planned');
      return { ...from, state: 'excluded', reason: event.reason };
    case 'postpone':
      must(from, event, 'planned');
      return { ...from, due: event.until, reason: BOOKED };
    case 'unbook':
      must(from, event, 'planned');
      return { ...from, due: 0, reason: null };
    case 'outcome':
      must(from, event, 'sending');
      return settle(from, event.outcome, event.now, waits);
    case 'writerLost':
      must(from, event, 'sending');
      return { ...from, state: 'inDoubt', reason: WRITER_LOST };
    case 'recall':
      must(from, event, 'accepted');
      return { ...from, state: 'rejected', reason: RECALLED };
    case 'resolve':
      must(from, event, 'inDoubt');
      return event.as === 'accepted'
        ? { ...from, state: 'accepted', reason: 'found to have arrived' }
        : { ...from, state: 'planned', due: 0, reason: 'found not to have arrived' };
  }
}

function settle(from: Standing, outcome: Outcome, now: number, waits: readonly number[]): Standing {
  switch (outcome.kind) {
    case 'accepted':
      return { ...from, state: 'accepted', reason: null, providerId: outcome.providerId };
    case 'rejected':
      return { ...from, state: 'rejected', reason: outcome.reason };
    case 'inDoubt':
      return { ...from, state: 'inDoubt', reason: outcome.reason };
    case 'notSent':
      return { ...from, state: 'planned', attempt: from.attempt - 1, reason: outcome.reason };
    case 'deferred': {
      const wait = waits[from.attempt - 1];
      if (wait !== undefined) return { ...from, state: 'planned', due: now + wait, reason: outcome.reason };
      return {
        ...from,
        state: 'rejected',
        reason: `put off ${from.attempt} times, the last: ${outcome.reason}`,
      };
    }
  }
}

function must(from: Standing, event: DeliveryEvent, state: RecipientState): void {
  if (from.state !== state)
    throw new TypeError(`"${event.kind}" does not fit a recipient who is ${from.state}.`);
}
