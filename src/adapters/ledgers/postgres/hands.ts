import { advance, BOOKED, type DeliveryEvent } from '../../../delivery/state.ts';
import { type Row, standing } from '../rows.ts';
import type { Connection } from './connect.ts';
import { isHandGone, takeHand } from './lease.ts';
import { store } from './moves.ts';

/** One writer of a campaign as the database knows it: what it claims carries its number. */
export interface Hand {
  readonly hand: number;
  readonly campaign: number;
  /** Those who are at work together have one run. */
  readonly run: number;
  /** How many an earlier writer had left in flight. */
  readonly lost: number;
}

export interface Entrance {
  readonly client: string;
  readonly campaign: string;
  readonly now: Temporal.Instant;
  /** Whether nobody else is let in, so that whoever else is known must be gone. */
  readonly isAlone: boolean;
}

/** Whoever broke off so recently may be about to come back. Less than a worker's campaigns need to reach another one. */
const GRACE = "interval '5 seconds'";

const STANDING = 'SELECT id, state, attempt, due, reason, provider FROM delivery WHERE campaign = $1';

/**
 * Lets a writer in, and ends those who are gone: what they had in flight is in doubt. Runs in the caller's transaction;
 * the connection holds the hand from then on.
 */
export async function enter(connection: Connection, entrance: Entrance): Promise<Hand> {
  const { client, campaign, now, isAlone } = entrance;
  await connection.query('INSERT INTO campaign (name) VALUES ($1) ON CONFLICT (name) DO NOTHING', [campaign]);
  const [row = {}] = (
    await connection.query<Row>(
      'UPDATE campaign SET generation = generation + 1 WHERE name = $1 RETURNING id, run',
      [campaign],
    )
  ).rows;
  const id = Number(row.id);
  const gone = await endThoseGone(connection, { client, id, isAlone });
  const lost = await move(
    connection,
    now,
    'writerLost',
    isAlone
      ? [`${STANDING} AND state = 'sending'`, [id]]
      : // Before there were numbers there was one writer, and it is gone.
        [`${STANDING} AND state = 'sending' AND (hand = ANY ($2) OR hand IS NULL)`, [id, gone]],
  );
  const isFirst =
    (await connection.query('SELECT FROM hand WHERE campaign = $1 AND NOT ended LIMIT 1', [id])).rowCount ===
    0;
  if (isFirst) await beginRun(connection, id, now);
  const [entered = {}] = (
    await connection.query<Row>(
      'INSERT INTO hand (campaign, run, in_doubt) SELECT id, run, $2 FROM campaign WHERE id = $1 RETURNING id, run',
      [id, lost],
    )
  ).rows;
  const hand = Number(entered.id);
  await takeHand(connection, client, hand);
  return { hand, campaign: id, run: Number(entered.run), lost };
}

/** Turns that an earlier run gave out are given out anew, once nobody is at work who counts on the old ones. */
async function beginRun(connection: Connection, campaign: number, now: Temporal.Instant): Promise<void> {
  await connection.query('UPDATE campaign SET run = run + 1 WHERE id = $1', [campaign]);
  await move(connection, now, 'unbook', [
    `${STANDING} AND state = 'planned' AND reason = $2`,
    [campaign, BOOKED],
  ]);
  await connection.query(
    "DELETE FROM pace WHERE name LIKE '@%' AND NOT EXISTS (SELECT FROM hand WHERE NOT ended)",
  );
}

async function endThoseGone(
  connection: Connection,
  { client, id, isAlone }: { readonly client: string; readonly id: number; readonly isAlone: boolean },
): Promise<number[]> {
  const { rows } = await connection.query<Row>(
    `SELECT id FROM hand WHERE campaign = $1 AND NOT ended AND ($2 OR seen < now() - ${GRACE}) ORDER BY id FOR UPDATE`,
    [id, isAlone],
  );
  const gone: number[] = [];
  for (const hand of rows.map((row) => Number(row.id)))
    if (isAlone || (await isHandGone(connection, client, hand))) gone.push(hand);
  await connection.query('UPDATE hand SET ended = true WHERE id = ANY ($1)', [gone]);
  return gone;
}

async function move(
  connection: Connection,
  now: Temporal.Instant,
  kind: Extract<DeliveryEvent['kind'], 'writerLost' | 'unbook'>,
  [sql, values]: readonly [sql: string, values: readonly unknown[]],
): Promise<number> {
  const { rows } = await connection.query<Row>(`${sql} FOR UPDATE`, [...values]);
  await store(
    connection,
    rows.map((row) => ({ id: Number(row.id), chunk: null, to: advance(standing(row), { kind }) })),
    now.epochMilliseconds,
  );
  return rows.length;
}
