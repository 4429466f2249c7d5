import type { Ledger, LedgerWriter, TurnResult } from '../../src/delivery/ledger.ts';

/** A ledger whose writer's turns end otherwise. */
export const withTurns = (ledger: Ledger, ending: (turn: TurnResult) => Promise<TurnResult>): Ledger => ({
  ...ledger,
  async write(campaign, now): Promise<LedgerWriter> {
    const writer = await ledger.write(campaign, now);
    return { ...writer, turn: async (turn) => ending(await writer.turn(turn)) };
  },
});

/** The same ledger, on the disk at each return: for tests whose clock jumps while a real disk takes its time. */
export const atOnce = (ledger: Ledger): Ledger =>
  withTurns(ledger, async (turn) => {
    await turn.durable;
    return turn;
  });
