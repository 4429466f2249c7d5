import type { Sleep } from '../core/clock.ts';
import type { LaneResult } from './lanes.ts';
import type { Chunk } from './ledger.ts';
import type { Mailroom } from './mailroom.ts';
import { madeHeadway, type Outcome, plainReason, refusesEverybody } from './outcome.ts';
import type { Hold, SendReport, Transport } from './transport.ts';

interface SendChunkOptions {
  readonly transport: Transport;
  readonly mailroom: Mailroom;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
  readonly mayGo: () => boolean;
  readonly hold?: Hold | undefined;
  /** Whether anybody of the campaign was ever accepted. */
  readonly tookAny: () => boolean;
}

/** Hands a claimed chunk to the transport and says what came of it, and whether its lane may go on. */
export async function sendChunk(chunk: Chunk, options: SendChunkOptions): Promise<LaneResult> {
  const { sleep, signal, tookAny } = options;
  const report = await handOver(chunk, options);
  const outcomes = refusesEverybody(report.outcomes, tookAny())
    ? report.outcomes.map(asRefusal)
    : report.outcomes;
  return {
    settlement: { chunk, outcomes, requests: report.requests },
    keep: madeHeadway(outcomes) || report.pauseMs !== undefined,
    ...(report.pauseMs === undefined ? {} : { rest: sleep(report.pauseMs, signal) }),
  };
}

/** What a transport throws is a mistake in it, and nobody knows how far it came: all of the chunk is in doubt. */
async function handOver(
  { claimed }: Chunk,
  { transport, mailroom, mayGo, hold }: SendChunkOptions,
): Promise<SendReport> {
  try {
    const mails = claimed.map(({ recipient }) => mailroom.mailFor(recipient));
    const report = await transport.send(mails, mayGo, hold);
    if (report.outcomes.length === claimed.length) return report;
    return allInDoubt(claimed, 'the transport did not account for everybody');
  } catch (error) {
    return allInDoubt(claimed, plainReason(error instanceof Error ? error.message : String(error)));
  }
}

const allInDoubt = (claimed: Chunk['claimed'], reason: string): SendReport => ({
  outcomes: claimed.map(() => ({ kind: 'inDoubt', reason })),
  requests: 0,
});

const asRefusal = (outcome: Outcome): Outcome =>
  outcome.kind === 'rejected'
    ? { kind: 'notSent', reason: `it refuses everybody: ${outcome.reason}` }
    : outcome;
