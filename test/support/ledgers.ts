import type { Ledger, LedgerWriter, TurnResult } from '../../src/delivery/ledger.ts';
import { recipient } from '../delivery/fixtures.ts';

/** Gives a campaign so many people, all of one language. */
export const freezePeople = (writer: LedgerWriter, count: number, now: Temporal.Instant, digest = 'd') =>
  writer.freeze({
    list: 'customers',
    basis: 'customer',
    messages: { en: digest },
    candidates: (async function* () {
      for (let n = 0; n < count; n++) yield { kind: 'recipient' as const, recipient: recipient(n) };
    })(),
    languageOf: () => 'en',
    confirm: () => {},
    now,
  });

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
