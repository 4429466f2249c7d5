import { fail } from '../../core/errors/index.ts';
import type { Doubt } from '../../delivery/ledger.ts';
import type { SendReceipt } from '../../delivery/receipt.ts';

/** The doubts that --only names, or all. @throws USAGE for an address that is not in doubt */
export function pickDoubts(
  doubts: readonly Doubt[],
  only: readonly string[] | undefined,
  campaign: string,
): readonly Doubt[] {
  if (!only) return doubts;
  return only.map((address) => {
    const found = doubts.find((doubt) => doubt.address.toLowerCase() === address.trim().toLowerCase());
    if (found) return found;
    throw fail('USAGE', {
      problem: `One of the addresses after --only is not in doubt in "${campaign}". Nothing was recorded.`,
      command: 'promo resolve',
    });
  });
}

/** What `promo resolve` prints under --json: the receipt, and who is still in doubt. */
export const doubtsResult = (receipt: SendReceipt, doubts: readonly Doubt[], resolved: number) => ({
  ...receipt,
  resolved,
  doubts: doubts.map(({ id, address, reason, since }) => ({ id, address, reason, since: since.toString() })),
});
