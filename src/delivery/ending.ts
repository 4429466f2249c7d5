import type { Clock } from '../core/clock.ts';
import { isSecError } from '../core/errors/index.ts';
import type { Control } from './ledger.ts';

/** How a run ended. Who has been written to is in the ledger, not here. */
export type Ending =
  | { readonly kind: 'finished' | 'paused' | 'cancelled' | 'interrupted' }
  /** The transport could not go on. */
  | { readonly kind: 'stopped'; readonly problem: string }
  /** The client's rules do not allow it any longer. */
  | { readonly kind: 'closed'; readonly rule: string }
  /** Too much comes back. */
  | { readonly kind: 'halted'; readonly reason: string };

export const haltedBy = (reason: string | undefined): Ending | undefined =>
  reason === undefined ? undefined : { kind: 'halted', reason };

export function closedBy(gate: () => void): Ending | undefined {
  try {
    gate();
    return undefined;
  } catch (error) {
    if (isSecError(error)) return { kind: 'closed', rule: String(error.details.rule ?? error.code) };
    throw error;
  }
}

export function endingOf(control: Control): Ending | undefined {
  if (control === 'go') return undefined;
  return { kind: control === 'pause' ? 'paused' : 'cancelled' };
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/**
 * Whether the next mail may go. The rules are looked at once a second, as a look takes longer than to hand over a mail,
 * and with each full minute, when hours begin and end.
 */
export function permission(gate: () => void, clock: Clock): () => boolean {
  let looked = Number.NEGATIVE_INFINITY;
  let isOpen = true;
  return () => {
    const now = clock.now().epochMilliseconds;
    const isSameMinute = Math.floor(now / MINUTE_MS) === Math.floor(looked / MINUTE_MS);
    if (isSameMinute && Math.abs(now - looked) < SECOND_MS) return isOpen;
    isOpen = closedBy(gate) === undefined;
    looked = now;
    return isOpen;
  };
}
