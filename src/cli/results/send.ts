import { exitCodes } from '../../core/errors/index.ts';
import type { SendReceipt } from '../../delivery/receipt.ts';

/** The exit code of a run that ended at somebody's word before everybody had their mail. */
export function sendExit({ state }: SendReceipt): number {
  if (state === 'paused' || state === 'stopped') return exitCodes.stoppedPartWay;
  return state === 'cancelled' ? exitCodes.cancelled : 0;
}
