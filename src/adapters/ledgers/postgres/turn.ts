import type {
  Answered,
  Chunk,
  Control,
  Look,
  Settlement,
  Turn,
  TurnResult,
} from '../../../delivery/ledger.ts';
import type { Outcome } from '../../../delivery/outcome.ts';
import { advance, isBooked } from '../../../delivery/state.ts';
import { momentIn } from '../moment.ts';
import { COUNT, type Row, recipientOf, standing, tallyOf } from '../rows.ts';
import { MOST_POSTPONED, slotOf } from '../slots.ts';
import type { Connection } from './connect.ts';
import type { Hand } from './hands.ts';
import { type Move, store, storeClaimed, storeSettled } from './moves.ts';

/** Columns that make a recipient and where they stand. */
const RECIPIENT =
  'id, recipient, address, key, fields, language, chunk, state, attempt, due, reason, provider';

/** Where a writer works. */
export interface Desk extends Pick<Hand, 'hand' | 'campaign' | 'run'> {
  readonly connection: Connection;
  readonly isTogether: boolean;
}

/** Records what came back and claims what goes out next; the caller's transaction holds the writer's row. */
export async function takeTurn(desk: Desk, turn: Turn): Promise<TurnResult> {
  const { connection, campaign } = desk;
  const now = turn.now.epochMilliseconds;
  const settled = turn.settle.flatMap((settlement) => settledMoves(settlement, now));
  if ((await storeSettled(connection, settled, now)) !== settled.length)
    throw new TypeError('A chunk can be settled once, by whoever claimed it.');
  await count(desk, turn);
  const { control, answered } = await countsOf(desk);
  const chunks = control === 'go' ? await claimChunks(desk, turn, now) : [];
  await countSent(desk, turn, chunks, now);
  const next = chunks.length > 0 ? undefined : await nextDue(connection, campaign);
  return { chunks, control, answered, nextDue: next };
}

/** What the operator wants, and what was answered to all writers of the run. */
export async function countsOf({
  connection,
  campaign,
  run,
  isTogether,
}: Desk): Promise<Pick<TurnResult, 'control' | 'answered'>> {
  const { rows } = await connection.query<Row>(
    `SELECT control, ${ANSWERED}
     FROM campaign JOIN hand ON hand.campaign = campaign.id AND hand.run = $2 WHERE campaign.id = $1 GROUP BY control`,
    [campaign, run],
  );
  const [row] = rows;
  return { control: row?.control as Control, answered: isTogether ? answeredIn(row) : undefined };
}

/** One statement, so that both are of one moment. */
export async function lookAt({ connection, campaign, run, isTogether }: Desk): Promise<Look> {
  const { rows } = await connection.query<Row>(
    `SELECT told.*, candidates, counted.state, counted.reason, counted.n
     FROM campaign, (SELECT ${ANSWERED} FROM hand WHERE campaign = $1 AND run = $2) AS told
     LEFT JOIN (${COUNT('$1')}) AS counted ON true WHERE campaign.id = $1`,
    [campaign, run],
  );
  const [row] = rows;
  return {
    tally: tallyOf(
      Number(row?.candidates),
      rows.filter(({ state }) => state !== null),
    ),
    answered: isTogether ? answeredIn(row) : undefined,
  };
}

const ANSWERED = 'sum(accepted) AS accepted, sum(rejected) AS rejected, sum(in_doubt) AS in_doubt';

const answeredIn = (row: Row | undefined): Answered => ({
  accepted: Number(row?.accepted),
  rejected: Number(row?.rejected),
  inDoubt: Number(row?.in_doubt),
});

function settledMoves({ chunk, outcomes }: Settlement, now: number): Move[] {
  return chunk.claimed.map(({ delivery, standing: from }, n) => {
    const outcome = outcomes[n];
    if (!outcome) throw new TypeError('A settlement must account for everybody in its chunk.');
    return { id: delivery, chunk: chunk.chunk, to: advance(from, { kind: 'outcome', outcome, now }) };
  });
}

async function claimChunks({ connection, campaign, hand }: Desk, turn: Turn, now: number): Promise<Chunk[]> {
  const rows = await claimRows(connection, campaign, turn, now);
  const numbers = await chunkNumbers(connection, Math.ceil(rows.length / turn.claim.size));
  const chunks: Chunk[] = [];
  const moves: Move[] = [];
  for (const [n, chunk] of numbers.entries()) {
    const from = n * turn.claim.size;
    const claimed = rows.slice(from, from + turn.claim.size).map((row) => ({
      delivery: Number(row.id),
      recipient: recipientOf(row),
      standing: advance(standing(row), { kind: 'claim' }),
    }));
    moves.push(...claimed.map(({ delivery, standing: to }) => ({ id: delivery, chunk, to })));
    chunks.push({ chunk, claimed });
  }
  await storeClaimed(connection, hand, moves, now);
  if (turn.departs && chunks.length > 0)
    await connection.query(
      'INSERT INTO departure (campaign, chunk, leaves) SELECT $1, unnest($2::integer[]), $3',
      [campaign, chunks.map(({ chunk }) => chunk), turn.departs.epochMilliseconds],
    );
  return chunks;
}

async function chunkNumbers(connection: Connection, count: number): Promise<number[]> {
  if (count === 0) return [];
  const sql = "SELECT nextval('chunk') AS n FROM generate_series(1, $1)";
  return (await connection.query<Row>(sql, [count])).rows.map(({ n }) => Number(n));
}

/** Rows that are due and may be written to; those that may not are excluded or put off on the way. */
async function claimRows(connection: Connection, campaign: number, turn: Turn, now: number): Promise<Row[]> {
  const wanted = turn.claim.chunks * turn.claim.size;
  const chosen: Row[] = [];
  for (let postponed = 0; chosen.length < wanted && postponed < MOST_POSTPONED; ) {
    const { rows } = await connection.query<Row>(
      `SELECT ${RECIPIENT} FROM delivery WHERE campaign = $1 AND state = 'planned' AND due <= $2 AND NOT id = ANY ($3::bigint[])
       ORDER BY due, id LIMIT $4 FOR UPDATE SKIP LOCKED`,
      [campaign, now, chosen.map(({ id }) => id), wanted - chosen.length],
    );
    if (rows.length === 0) break;
    const moves: Move[] = [];
    const looked = rows.map((row) => ({ row, recipient: recipientOf(row) }));
    const excluded = turn.exclude(looked.map(({ recipient }) => recipient));
    for (const { row, recipient } of looked) {
      const from = standing(row);
      const reason = row.address === null ? 'suppressed' : excluded(recipient);
      const until = reason || isBooked(from) ? undefined : turn.postpone?.(recipient);
      const move = (to: Move['to']) => moves.push({ id: Number(row.id), chunk: null, to });
      if (reason) move(advance(from, { kind: 'exclude', reason }));
      else if (until === undefined) chosen.push(row);
      else {
        move(advance(from, { kind: 'postpone', until }));
        postponed++;
      }
    }
    await store(connection, moves, now);
  }
  return chosen;
}

async function count({ connection, hand }: Desk, { settle }: Turn): Promise<void> {
  const outcomes = settle.flatMap((settlement) => settlement.outcomes);
  const ofKind = (wanted: Outcome['kind']) => outcomes.filter(({ kind }) => kind === wanted).length;
  await connection.query(
    `UPDATE hand SET turns = turns + 1, seen = now(), requests = requests + $2, accepted = accepted + $3,
       rejected = rejected + $4, in_doubt = in_doubt + $5 WHERE id = $1`,
    [
      hand,
      settle.reduce((sum, { requests }) => sum + requests, 0),
      ...[ofKind('accepted'), ofKind('rejected'), ofKind('inDoubt')],
    ],
  );
}

/** Those who certainly never left do not count. */
async function countSent(
  { connection, hand }: Desk,
  { settle }: Turn,
  chunks: readonly Chunk[],
  now: number,
): Promise<void> {
  const left = chunks.reduce((sum, { claimed }) => sum + claimed.length, 0);
  const returned = settle.flatMap(({ outcomes }) => outcomes).filter(({ kind }) => kind === 'notSent').length;
  if (left === returned) return;
  await connection.query(
    `INSERT INTO sent (slot, hand, mails) VALUES ($1, $2, $3)
     ON CONFLICT (slot, hand) DO UPDATE SET mails = sent.mails + excluded.mails`,
    [slotOf(now), hand, left - returned],
  );
}

async function nextDue(connection: Connection, campaign: number): Promise<Temporal.Instant | undefined> {
  const sql = "SELECT min(due) AS due FROM delivery WHERE campaign = $1 AND state = 'planned'";
  const due = (await connection.query<Row>(sql, [campaign])).rows[0]?.due;
  return due == null ? undefined : momentIn(due);
}

/** What a turn claimed whose answer never arrived, read back. @param last the last chunk before it */
export async function claimedSince({ connection, hand, campaign }: Desk, last: number): Promise<Chunk[]> {
  const { rows } = await connection.query<Row>(
    `SELECT ${RECIPIENT} FROM delivery
     WHERE campaign = $1 AND hand = $2 AND chunk > $3 AND state = 'sending' AND address IS NOT NULL ORDER BY chunk, id`,
    [campaign, hand, last],
  );
  return [...Map.groupBy(rows, ({ chunk }) => Number(chunk))].map(([chunk, members]) => ({
    chunk,
    claimed: members.map((row) => ({
      delivery: Number(row.id),
      recipient: recipientOf(row),
      standing: standing(row),
    })),
  }));
}
