import { step, tick, type Work } from '../core/progress.ts';
import type { Ending } from './ending.ts';
import type { WaitOptions } from './schedule.ts';

const LOOK_MS = 1000;
/** Somebody who broke off may come back for so long; whoever does not is shut out by the next writer. */
const LOOKS_FOR_THOSE_GONE = 7;

/**
 * Waits, after one's own part of a campaign is done, until others who are at work on it have finished what they have in
 * flight.
 *
 * @returns whether somebody is left to be written to whom nobody else sees to
 */
export async function* untilOthersEnd(
  { campaign, ledger, sleep, signal }: Omit<WaitOptions, 'clock'>,
  { kind }: Ending,
): Work<boolean> {
  const isFinished = kind === 'finished';
  if (!isFinished && kind !== 'paused' && kind !== 'cancelled' && kind !== 'halted') return false;
  let most = 0;
  for (let gone = 0; !signal.aborted; ) {
    const { planned, sending } = await ledger.tally(campaign);
    if (isFinished && planned > 0) return true;
    if (sending === 0) return false;
    gone = (await ledger.isBusy(campaign)) ? 0 : gone + 1;
    if (gone > (isFinished ? LOOKS_FOR_THOSE_GONE : 0)) return isFinished;
    if (most === 0) yield step(`Waiting for the last ${sending}, which are with other senders`);
    most = Math.max(most, sending);
    yield tick(most - sending, most);
    await sleep(LOOK_MS, signal);
  }
  return false;
}
