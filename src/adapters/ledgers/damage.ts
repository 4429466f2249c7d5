import { fail } from '../../core/errors/index.ts';
import type { Control } from '../../delivery/ledger.ts';
import type { RecipientState } from '../../delivery/state.ts';

const states: ReadonlySet<unknown> = new Set<RecipientState>([
  'planned',
  'excluded',
  'sending',
  'accepted',
  'rejected',
  'inDoubt',
]);
const controls: ReadonlySet<unknown> = new Set<Control>(['go', 'pause', 'cancel']);

/** A ledger that somebody changed, or a disk. */
export const damaged = (problem: string, cause?: unknown) => fail('LEDGER_DAMAGED', { problem }, cause);

/** @throws LEDGER_DAMAGED for a word that sec never wrote */
export function stateIn(value: unknown): RecipientState {
  if (states.has(value)) return value as RecipientState;
  throw damaged('somebody stands in it in a way that there is not');
}

/** @throws LEDGER_DAMAGED */
export function controlIn(value: unknown): Control {
  if (controls.has(value)) return value as Control;
  throw damaged('what was asked of a campaign cannot be read');
}

/** An object of texts, as it was written. @throws LEDGER_DAMAGED */
export function textsIn(value: unknown): Readonly<Record<string, string>> {
  let read: unknown;
  try {
    read = JSON.parse(String(value));
  } catch (error) {
    // The cause would show the text, and with it somebody's fields.
    throw damaged(error instanceof SyntaxError ? 'a row is not whole' : 'a row cannot be read');
  }
  if (
    typeof read === 'object' &&
    read !== null &&
    Object.values(read).every((text) => typeof text === 'string')
  )
    return read as Readonly<Record<string, string>>;
  throw damaged('a row holds something else than texts');
}
