import { fail } from '../../core/errors/index.ts';

/** A moment as a ledger holds it, in milliseconds. @throws LEDGER_DAMAGED where somebody changed it into none */
export function momentIn(value: unknown): Temporal.Instant {
  try {
    return Temporal.Instant.fromEpochMilliseconds(Number(value));
  } catch (error) {
    throw fail('LEDGER_DAMAGED', { problem: 'a time in it is none' }, error);
  }
}
