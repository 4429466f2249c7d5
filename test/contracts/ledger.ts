import { afterEach, beforeEach, describe } from 'vitest';
import type { Candidate } from '../../src/audience/audience.ts';
import type { Ledger } from '../../src/delivery/ledger.ts';
import { claiming } from './ledger/claiming.ts';
import { forgetting } from './ledger/forgetting.ts';
import { freezing } from './ledger/freezing.ts';
import { holdingBack } from './ledger/held-back.ts';
import { freezeOf, type LedgerStage, NOW } from './ledger/stage.ts';
import { telling } from './ledger/telling.ts';

/** How a ledger of one kind is made for the suite. */
export interface LedgerHarness {
  /** A handle on the same record each time, as a second process would have it. */
  open(): Promise<Ledger>;
  /** Throws the record away. */
  destroy(): Promise<void>;
}

/** What every ledger must do, whatever keeps it. */
export function ledgerContract(name: string, make: () => Promise<LedgerHarness>): void {
  describe(`${name} as a ledger`, () => {
    let harness: LedgerHarness;
    let ledger: Ledger;
    let open: Ledger[];

    const another = async () => {
      const opened = await harness.open();
      open.push(opened);
      return opened;
    };
    const stage: LedgerStage = {
      get ledger() {
        return ledger;
      },
      another,
      async begun(candidates: readonly Candidate[]) {
        const writer = await ledger.write('spring', NOW);
        await writer.freeze(freezeOf(candidates));
        return writer;
      },
    };

    beforeEach(async () => {
      open = [];
      harness = await make();
      ledger = await another();
    });
    afterEach(async () => {
      for (const opened of open) await opened.close();
      await harness.destroy();
    });

    freezing(stage);
    claiming(stage);
    telling(stage);
    forgetting(stage);
    holdingBack(stage);
  });
}
