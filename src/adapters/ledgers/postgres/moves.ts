import type { Standing } from '../../../delivery/state.ts';
import type { Connection } from './connect.ts';

/** A recipient's row, and where it stands from now on. */
export interface Move {
  readonly id: number;
  /** The chunk that it must be in, or is put into. */
  readonly chunk: number | null;
  readonly to: Standing;
}

const VALUES = `unnest($1::bigint[], $2::integer[], $3::text[], $4::integer[], $5::bigint[], $6::text[], $7::text[])
  AS v (id, chunk, state, attempt, due, reason, provider)`;
const SET = `state = v.state, attempt = v.attempt, due = v.due, reason = v.reason, provider = v.provider, changed = $8`;

const columns = (moves: readonly Move[], now: number) => [
  moves.map(({ id }) => id),
  moves.map(({ chunk }) => chunk),
  moves.map(({ to }) => to.state),
  moves.map(({ to }) => to.attempt),
  moves.map(({ to }) => to.due),
  moves.map(({ to }) => to.reason),
  moves.map(({ to }) => to.providerId),
  now,
];

const HELD = `delivery JOIN departure USING (campaign, chunk) WHERE campaign = $1 AND leaves > $2`;

/** Those who may be held back until after a moment. */
export const DEPARTING = `${HELD} AND state IN ('accepted', 'inDoubt')`;

/** Those of them who were accepted for certain, and whom nobody found to have it. */
export const RECALLABLE = `${HELD} AND state = 'accepted' AND reason IS NULL`;

/** Stores where rows stand, in one statement however many there are. */
export async function store(connection: Connection, moves: readonly Move[], now: number): Promise<void> {
  if (moves.length === 0) return;
  const sql = `UPDATE delivery AS d SET chunk = coalesce(v.chunk, d.chunk), ${SET} FROM ${VALUES} WHERE d.id = v.id`;
  await connection.query(sql, columns(moves, now));
}

/** The same for what a writer claims. */
export async function storeClaimed(
  connection: Connection,
  hand: number,
  moves: readonly Move[],
  now: number,
): Promise<void> {
  if (moves.length === 0) return;
  const sql = `UPDATE delivery AS d SET hand = $9, chunk = v.chunk, ${SET} FROM ${VALUES} WHERE d.id = v.id`;
  await connection.query(sql, [...columns(moves, now), hand]);
}

/** The same for what came of a chunk. @returns how many were there to be settled */
export async function storeSettled(
  connection: Connection,
  moves: readonly Move[],
  now: number,
): Promise<number> {
  if (moves.length === 0) return 0;
  const sql = `UPDATE delivery AS d SET ${SET} FROM ${VALUES} WHERE d.id = v.id AND d.chunk = v.chunk AND d.state = 'sending'`;
  return (await connection.query(sql, columns(moves, now))).rowCount ?? 0;
}
