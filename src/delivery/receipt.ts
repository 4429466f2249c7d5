import type { Control } from './ledger.ts';
import { isBalanced, isUntouched, type Tally, toGo } from './tally.ts';

/**
 * - `unsent`: nothing was recorded yet
 * - `planned`: what a send would do (--dry-run)
 * - `sending`: a sec is at work on it now
 * - `paused`, `cancelled`: at somebody's word
 * - `waiting`: left to workers, and none is at work on it now
 * - `stopped`: part-way; `resume` goes on
 * - `finished`: nobody is left to write to; some may be in doubt
 */
export type CampaignState =
  | 'unsent'
  | 'planned'
  | 'sending'
  | 'paused'
  | 'cancelled'
  | 'waiting'
  | 'stopped'
  | 'finished';

/** Where a campaign stands: the keys that `promo send`, `status` and `resume` print under --json. */
export interface SendReceipt extends Tally {
  readonly client: string;
  readonly campaign: string;
  readonly state: CampaignState;
  /** Whether the recorded rows add up to the candidates. */
  readonly balanced: boolean;
  /** When it is to begin, as an instant in ISO 8601; only where that was said and nobody was tried yet. */
  readonly begins?: string;
  /** How many of the rejected were called back before they left; only where some were. */
  readonly recalled?: number;
  /** How often the other side was asked, over all runs. */
  readonly requests: number;
  readonly durationMs: number;
}

/** What came of a cancel. */
export interface CancelReceipt extends SendReceipt {
  /** How many mails it stopped that had been handed over; only where some were held back. */
  readonly stopped?: number;
}

export interface ReceiptParts {
  readonly client: string;
  readonly campaign: string;
  readonly state: CampaignState;
  readonly tally: Tally;
  readonly begins?: Temporal.Instant | undefined;
  readonly recalled?: number;
  readonly requests: number;
  readonly durationMs: number;
}

export function receiptOf({
  client,
  campaign,
  state,
  tally,
  begins,
  recalled = 0,
  requests,
  durationMs,
}: ReceiptParts): SendReceipt {
  const balanced = isBalanced(tally);
  return {
    client,
    campaign,
    state,
    ...tally,
    ...(begins && isUntouched(tally) && toGo(tally) > 0 ? { begins: begins.toString() } : {}),
    ...(recalled > 0 ? { recalled } : {}),
    balanced,
    requests,
    durationMs,
  };
}

/**
 * @param isBusy whether a writer is at work on it
 * @param recalled how many were called back: a campaign with such people did not finish
 */
export function stateOf(
  control: Control | undefined,
  tally: Tally,
  isBusy: boolean,
  recalled = 0,
): CampaignState {
  if (control === undefined) return 'unsent';
  if (isBusy) return 'sending';
  if (recalled > 0) return 'cancelled';
  if (toGo(tally) === 0) return 'finished';
  if (control === 'go') return 'stopped';
  return control === 'pause' ? 'paused' : 'cancelled';
}

/** What a send would do, as --dry-run prints it. */
export const plannedReceipt = (client: string, campaign: string, tally: Tally): SendReceipt =>
  receiptOf({ client, campaign, state: 'planned', tally, requests: 0, durationMs: 0 });
