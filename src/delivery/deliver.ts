import type { Recipient } from '../audience/audience.ts';
import type { Clock, Sleep } from '../core/clock.ts';
import { step, tick, type Work } from '../core/progress.ts';
import { closedBy, type Ending, endingOf, haltedBy, permission } from './ending.ts';
import { type Held, holdFrom } from './hold.ts';
import { type LaneResult, Lanes } from './lanes.ts';
import type { Chunk, LedgerWriter, Look, Settlement, Turn, TurnResult } from './ledger.ts';
import type { Mailroom } from './mailroom.ts';
import { Meter, span } from './meter.ts';
import { type Pacing, roomNow, withinPace } from './pace/pacing.ts';
import { momentText } from './schedule.ts';
import { sendChunk } from './send-chunk.ts';
import { type Suppression, safely } from './suppression.ts';
import { toGo } from './tally.ts';
import type { Transport } from './transport.ts';
import { type Watch, watchFor } from './watch.ts';

/**
 * The longest that a run sleeps without looking at the clock, the client's rules and the wishes of the operator:
 * a clock that was set back must not let it sleep for days.
 */
const LONGEST_SLEEP_MS = 10_000;

export interface DeliverOptions {
  readonly writer: LedgerWriter;
  readonly transport: Transport;
  readonly mailroom: Mailroom;
  readonly suppression: Suppression;
  readonly clock: Clock;
  /** In which times are told: the client's. */
  readonly timezone?: string | undefined;
  readonly sleep: Sleep;
  /** Waits a moment after a chunk came back, so that those that follow close behind share its commit. */
  readonly gather?: (() => Promise<void>) | undefined;
  /** Ctrl-C: what is in flight is finished and recorded, and nothing else begins. */
  readonly signal: AbortSignal;
  /** Asked before each claim; throws once the client's rules do not allow sending any longer. */
  readonly gate: () => void;
  /** How fast mail may go out; as fast as it can unless said. */
  readonly pacing?: Pacing | undefined;
  /** When so much comes back that the send should pause by itself. */
  readonly watch?: Watch | undefined;
  /** Under which name, and for how many minutes, the transport holds mail back. */
  readonly held?: Held | undefined;
  /** Where the campaign stood before. */
  readonly before: Look;
}

/**
 * Brings a frozen campaign to everybody who is still planned: claim a chunk (durable), hand it over, record what
 * came of it, until nobody is left or there is a reason to stop. Outcomes of finished chunks and the next claims
 * share one commit. In flight at any time: `transport.concurrency` chunks of `transport.batchSize`.
 *
 * @throws CAMPAIGN_FENCED when another writer took over; what was in flight is then in doubt
 */
export async function* deliver(options: DeliverOptions): Work<Ending> {
  const { writer, transport, signal, clock, before, pacing, held, timezone } = options;
  const lanes = new Lanes(transport.concurrency);
  const suppressedOf = safely(options.suppression);
  const exclude: Turn['exclude'] = (recipients) => {
    const suppressed = suppressedOf(recipients.map(({ key }) => key));
    return ({ key }) => (suppressed.has(key) ? 'suppressed' : undefined);
  };
  const total = toGo(before.tally);
  const meter = new Meter(total, before.answered);
  const mayGo = permission(options.gate, clock);
  const trouble = watchFor(options.watch, clock.now());
  let problem = '';
  let ending: Ending | undefined;
  let settle: Settlement[] = [];
  let answered: TurnResult['answered'];
  let broken: unknown;
  let toldUntil = Number.NEGATIVE_INFINITY;
  let durable: Promise<void> | undefined;

  const commit = async (claim: Turn['claim'], departs?: Temporal.Instant): Promise<TurnResult> => {
    const finished = settle;
    const now = clock.now();
    const postpone = pacing && ((recipient: Recipient) => pacing.pace.postpone(recipient, now));
    const turn = await writer.turn({ settle: finished, claim, exclude, postpone, departs, now });
    settle = [];
    durable = turn.durable;
    durable?.catch((error: unknown) => {
      broken ??= error;
    });
    pacing?.pace.took(
      turn.chunks.reduce((sum, { claimed }) => sum + claimed.length, 0),
      now,
    );
    meter.see(
      finished.flatMap((settlement) => settlement.outcomes),
      now,
      turn.answered,
    );
    problem = reasonOf(finished) ?? problem;
    return turn;
  };

  try {
    for (;;) {
      if (broken !== undefined) throw broken;
      ending ??= signal.aborted ? { kind: 'interrupted' } : closedBy(options.gate);
      ending ??= haltedBy(await trouble(answered ?? meter.counts, clock.now()));
      if (!ending) await options.suppression.refresh?.();
      const hold = held && holdFrom(held, clock.now());
      const { room, taken: turn } = await withinPace(pacing, clock.now, ({ count }) =>
        commit(ending ? NOTHING : shares(lanes.free, transport.batchSize, count), hold?.until),
      );
      answered = turn.answered;
      ending ??= endingOf(turn.control);
      const tookAny = () => before.tally.accepted + meter.counts.accepted > 0;
      for (const chunk of turn.chunks)
        lanes.start(onceDurable(turn, chunk, () => sendChunk(chunk, { ...options, mayGo, tookAny, hold })));
      yield tick(meter.done, total, meter.note());
      if (lanes.sending === 0 && ending) return ending;
      if (lanes.open === 0 && !lanes.busy) return { kind: 'stopped', problem };
      const next = turn.nextDue
        ? Math.max(turn.nextDue.epochMilliseconds, room.next)
        : await nextByPace(pacing, turn, clock.now());
      const wait = next === undefined ? undefined : next - clock.now().epochMilliseconds;
      if (!lanes.busy) {
        if (wait === undefined) return { kind: 'finished' };
        if (wait > FIRST_NOTE_MS) yield tick(meter.done, total, `goes on in ${span(wait / 1000)}`);
        if (next !== undefined && wait > LONG_WAIT_MS && next > toldUntil) {
          toldUntil = next;
          yield step(
            `Waiting until ${momentText(momentOf(next), timezone)}: nobody may be written to before`,
          );
        }
      }
      await pause(options, lanes, ending ? undefined : wait);
      settle.push(...lanes.collect());
    }
  } finally {
    settle.push(...(await lanes.drain()));
    if (settle.length > 0) await commit(NOTHING);
    await durable;
  }
}

/** Nothing goes out before its claim is on the disk; where that fails, nothing did. */
async function onceDurable(
  { durable }: TurnResult,
  chunk: Chunk,
  send: () => Promise<LaneResult>,
): Promise<LaneResult> {
  try {
    await durable;
  } catch {
    const outcomes = chunk.claimed.map(() => neverLeft);
    return { settlement: { chunk, outcomes, requests: 0 }, keep: false };
  }
  return send();
}

/** When a lane that is free may take more, where it was the pace that gave this turn so little. */
async function nextByPace(
  pacing: Pacing | undefined,
  { chunks }: TurnResult,
  now: Temporal.Instant,
): Promise<number | undefined> {
  if (!pacing || chunks.length === 0) return undefined;
  const { count, next } = await roomNow(pacing, now);
  return count === 0 ? next : undefined;
}

const neverLeft = { kind: 'notSent', reason: 'it could not be recorded first' } as const;
const NOTHING = { chunks: 0, size: 1 } as const;
const FIRST_NOTE_MS = 1000;
/** A wait that a log should speak of. */
const LONG_WAIT_MS = 60_000;
const momentOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(Math.ceil(ms));

/** How many chunks of how many, so that no more than `room` are claimed. */
function shares(lanes: number, batch: number, room: number): Turn['claim'] {
  if (room < batch) return { chunks: room > 0 ? Math.min(1, lanes) : 0, size: Math.max(1, room) };
  return { chunks: Math.min(lanes, Math.floor(room / batch)), size: batch };
}

/** Until something comes back; or until the next may go out, where a lane is free for it. */
async function pause(
  { sleep, signal, gather }: DeliverOptions,
  lanes: Lanes,
  wait: number | undefined,
): Promise<void> {
  const isFree = lanes.free > 0 && wait !== undefined;
  if (!isFree) return lanes.wait(gather);
  const nap = Math.min(Math.max(0, wait), LONGEST_SLEEP_MS);
  if (!lanes.busy) return sleep(nap, signal);
  const awake = new AbortController();
  await Promise.race([lanes.wait(gather), sleep(nap, AbortSignal.any([signal, awake.signal]))]);
  awake.abort();
}

function reasonOf(settlements: readonly Settlement[]): string | undefined {
  return settlements
    .flatMap(({ outcomes }) => outcomes)
    .flatMap((outcome) => (outcome.kind === 'notSent' || outcome.kind === 'inDoubt' ? [outcome.reason] : []))
    .at(-1);
}
