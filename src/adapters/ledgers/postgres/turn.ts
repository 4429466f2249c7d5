import type { Chunk, Control, Settlement, Turn, TurnResult } from '../../../delivery/ledger.ts';
import { advance, isBooked } from '../../../delivery/state.ts';
import { type Row, recipientOf, standing } from '../rows.ts';
import { MOST_POSTPONED, slotOf } from '../slots.ts';
import type { Connection } from './connect.ts';
import { type Move, store, storeSettled } from './moves.ts';

/** Columns that make a recipient and where they stand. */
const RECIPIENT =
  'id, recipient, address, key, fields, language, chunk, state, attempt, due, reason, provider';

/**
 * Records what came back and claims what goes out next; the caller's transaction holds the campaign's row.
 *
 * @param campaign its row: id, control, and the chunks so far
 */
export async function takeTurn(connection: Connection, campaign: Row, turn: Turn): Promise<TurnResult> {
  const now = turn.now.epochMilliseconds;
  const id = Number(campaign.id);
  const settled = turn.settle.flatMap((settlement) => settledMoves(settlement, now));
  if ((await storeSettled(connection, settled, now)) !== settled.length)
    throw new TypeError('A chunk can be settled once, by whoever claimed it.');
  const control = campaign.control as Control;
  const before = Number(campaign.chunks);
  const chunks = control === 'go' ? await claimChunks(connection, id, turn, before, now) : [];
  await count(connection, id, turn, chunks, now);
  return { chunks, control, nextDue: chunks.length > 0 ? undefined : await nextDue(connection, id) };
}

function settledMoves({ chunk, outcomes }: Settlement, now: number): Move[] {
  return chunk.claimed.map(({ delivery, standing: from }, n) => {
    const outcome = outcomes[n];
    if (!outcome) throw new TypeError('A settlement must account for everybody in its chunk.');
    return { id: delivery, chunk: chunk.chunk, to: advance(from, { kind: 'outcome', outcome, now }) };
  });
}

async function claimChunks(
  connection: Connection,
  campaign: number,
  turn: Turn,
  before: number,
  now: number,
): Promise<Chunk[]> {
  const rows = await claimRows(connection, campaign, turn, now);
  const chunks: Chunk[] = [];
  const moves: Move[] = [];
  for (let from = 0; from < rows.length; from += turn.claim.size) {
    const chunk = before + chunks.length + 1;
    const claimed = rows.slice(from, from + turn.claim.size).map((row) => ({
      delivery: Number(row.id),
      recipient: recipientOf(row),
      standing: advance(standing(row), { kind: 'claim' }),
    }));
    moves.push(...claimed.map(({ delivery, standing: to }) => ({ id: delivery, chunk, to })));
    chunks.push({ chunk, claimed });
  }
  await store(connection, moves, now);
  if (turn.departs && chunks.length > 0)
    await connection.query(
      'INSERT INTO departure (campaign, chunk, leaves) SELECT $1, unnest($2::integer[]), $3',
      [campaign, chunks.map(({ chunk }) => chunk), turn.departs.epochMilliseconds],
    );
  return chunks;
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
    for (const row of rows) {
      const recipient = recipientOf(row);
      const from = standing(row);
      const reason = row.address === null ? 'suppressed' : turn.exclude(recipient);
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

async function count(
  connection: Connection,
  campaign: number,
  turn: Turn,
  chunks: readonly Chunk[],
  now: number,
): Promise<void> {
  const left = chunks.reduce((sum, { claimed }) => sum + claimed.length, 0);
  const returned = turn.settle
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ kind }) => kind === 'notSent').length;
  const requests = turn.settle.reduce((sum, settlement) => sum + settlement.requests, 0);
  await connection.query('UPDATE campaign SET chunks = chunks + $1, requests = requests + $2 WHERE id = $3', [
    chunks.length,
    requests,
    campaign,
  ]);
  if (left !== returned)
    await connection.query(
      'INSERT INTO sent (slot, mails) VALUES ($1, $2) ON CONFLICT (slot) DO UPDATE SET mails = sent.mails + excluded.mails',
      [slotOf(now), left - returned],
    );
}

async function nextDue(connection: Connection, campaign: number): Promise<Temporal.Instant | undefined> {
  const sql = "SELECT min(due) AS due FROM delivery WHERE campaign = $1 AND state = 'planned'";
  const due = (await connection.query<Row>(sql, [campaign])).rows[0]?.due;
  return due == null ? undefined : Temporal.Instant.fromEpochMilliseconds(Number(due));
}

/** What a turn claimed whose answer never arrived, read back. @param before the chunks before it */
export async function claimedSince(
  connection: Connection,
  campaign: number,
  before: number,
): Promise<Chunk[]> {
  const { rows } = await connection.query<Row>(
    `SELECT ${RECIPIENT} FROM delivery WHERE campaign = $1 AND chunk > $2 AND state = 'sending' AND address IS NOT NULL
     ORDER BY chunk, id`,
    [campaign, before],
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
