import { fail } from '../core/errors/index.ts';
import type { Ending } from './ending.ts';
import type { SendReceipt } from './receipt.ts';
import { toGo } from './tally.ts';

/**
 * The receipt of a run that did what it could; else the error that says why it stopped, with the receipt in it.
 *
 * @throws SEND_STOPPED, SEND_INTERRUPTED, SEND_WINDOW_CLOSED, SEND_HALTED; TRANSPORT_REFUSED where nobody was ever accepted
 */
export function verdict(ending: Ending, receipt: SendReceipt, transport: string): SendReceipt {
  if (toGo(receipt) === 0) return receipt;
  switch (ending.kind) {
    case 'stopped': {
      const { problem } = ending;
      if (receipt.accepted === 0 && receipt.inDoubt === 0)
        throw fail('TRANSPORT_REFUSED', { ...receipt, transport, problem });
      throw fail('SEND_STOPPED', { ...receipt, transport, problem });
    }
    case 'interrupted':
      throw fail('SEND_INTERRUPTED', receipt);
    case 'closed':
      throw fail('SEND_WINDOW_CLOSED', { ...receipt, rule: ending.rule });
    case 'halted':
      throw fail('SEND_HALTED', { ...receipt, reason: ending.reason });
    default:
      return receipt;
  }
}
