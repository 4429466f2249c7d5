import type { Clock } from '../core/clock.ts';
import { isSecError } from '../core/errors/index.ts';
import { tick, type Work } from '../core/progress.ts';
import { Lanes } from './lanes.ts';
import type { Control, LedgerWriter, Settlement, TurnResult } from './ledger.ts';
import type { Mailroom } from './mailroom.ts';
import { sendChunk } from './send-chunk.ts';
import { type Suppression, safely } from './suppression.ts';
import { type Tally, toGo } from './tally.ts';
import type { Transport } from './transport.ts';
import { countTroubles } from './troubles.ts';

/**
 * The longest that a run sleeps without looking at the clock, the client's rules and the wishes of the operator:
 * a clock that was set back must not let it sleep for days.
 */
const LONGEST_SLEEP_MS = 10_000;

/** Waits so long, or until the signal. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export interface DeliverOptions {
  readonly writer: LedgerWriter;
  readonly transport: Transport;
  readonly mailroom: Mailroom;
  readonly suppression: Suppression;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Waits a moment after a chunk came back, so that those that follow close behind share its commit. */
  readonly gather?: (() => Promise<void>) | undefined;
  /** Ctrl-C: what is in flight is finished and recorded, and nothing else begins. */
  readonly signal: AbortSignal;
  /** Asked before each claim; throws once the client's rules do not allow sending any longer. */
  readonly gate: () => void;
  /** Where the campaign stood before. */
  readonly before: Tally;
}

/** How a run ended. Who has been written to is in the ledger, not here. */
export type Ending =
  | { readonly kind: 'finished' | 'paused' | 'cancelled' | 'interrupted' }
  /** The transport could not go on. */
  | { readonly kind: 'stopped'; readonly problem: string }
  /** The client's rules do not allow it any longer. */
  | { readonly kind: 'closed'; readonly rule: string };

/**
 * Brings a frozen campaign to everybody who is still planned: claim a chunk (durable), hand it over, record what
 * came of it, until nobody is left or there is a reason to stop. Outcomes of finished chunks and the next claims
 * share one commit. In flight at any time: `transport.concurrency` chunks of `transport.batchSize`.
 *
 * @throws CAMPAIGN_FENCED when another writer took over; what was in flight is then in doubt
 */
export async function* deliver(options: DeliverOptions): Work<Ending> {
  const { writer, transport, signal, clock, sleep, before } = options;
  const lanes = new Lanes(transport.concurrency);
  const isSuppressed = safely(options.suppression);
  const exclude = ({ key }: { key: string }) => (isSuppressed(key) ? 'suppressed' : undefined);
  const total = toGo(before);
  let done = 0;
  let tookAny = before.accepted > 0;
  const troubles = countTroubles();
  let problem = '';
  let ending: Ending | undefined;
  let settle: Settlement[] = [];

  const commit = async (chunks: number): Promise<TurnResult> => {
    const finished = settle;
    const turn = await writer.turn({
      settle: finished,
      claim: { chunks, size: transport.batchSize },
      exclude,
      now: clock.now(),
    });
    settle = [];
    const outcomes = finished.flatMap((settlement) => settlement.outcomes);
    done += outcomes.filter(({ kind }) => kind !== 'notSent' && kind !== 'deferred').length;
    tookAny ||= outcomes.some(({ kind }) => kind === 'accepted');
    troubles.see(outcomes);
    problem = reasonOf(finished) ?? problem;
    return turn;
  };

  try {
    for (;;) {
      ending ??= signal.aborted ? { kind: 'interrupted' } : closedBy(options.gate);
      const turn = await commit(ending ? 0 : lanes.free);
      ending ??= endingOf(turn.control);
      for (const chunk of turn.chunks) lanes.start(sendChunk(chunk, { ...options, tookAny: () => tookAny }));
      yield tick(done, total, troubles.note());
      if (lanes.sending === 0 && ending) return ending;
      if (lanes.open === 0) return { kind: 'stopped', problem };
      if (!lanes.busy) {
        if (!turn.nextDue) return { kind: 'finished' };
        const wait = turn.nextDue.since(clock.now()).total('milliseconds');
        yield tick(done, total, `waiting ${Math.ceil(wait / 1000)} s for those who were put off`);
        await sleep(Math.min(Math.max(0, wait), LONGEST_SLEEP_MS), signal);
        continue;
      }
      settle.push(...(await lanes.next(options.gather)));
    }
  } finally {
    settle.push(...(await lanes.drain()));
    if (settle.length > 0) await commit(0);
  }
}

function closedBy(gate: () => void): Ending | undefined {
  try {
    gate();
    return undefined;
  } catch (error) {
    if (isSecError(error)) return { kind: 'closed', rule: String(error.details.rule ?? error.code) };
    throw error;
  }
}

function endingOf(control: Control): Ending | undefined {
  if (control === 'go') return undefined;
  return { kind: control === 'pause' ? 'paused' : 'cancelled' };
}

function reasonOf(settlements: readonly Settlement[]): string | undefined {
  return settlements
    .flatMap(({ outcomes }) => outcomes)
    .flatMap((outcome) => (outcome.kind === 'notSent' || outcome.kind === 'inDoubt' ? [outcome.reason] : []))
    .at(-1);
}
