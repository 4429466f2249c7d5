import type { Delivery, Whose } from '../../../delivery/ledger.ts';
import { advance, planned } from '../../../delivery/state.ts';
import type { Traces } from '../../../privacy/traces.ts';
import { deliveryOf, type Row } from '../rows.ts';
import { asKnown, type Connection } from './connect.ts';

type Query = (sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** What is kept of one person. */
export async function deliveriesOf(query: Query, recipient: string): Promise<readonly Delivery[]> {
  const sql = `SELECT name, list, basis, delivery.* FROM delivery JOIN campaign ON campaign.id = delivery.campaign
    WHERE recipient = $1 ORDER BY delivery.id`;
  return (await query(sql, [recipient])).map(deliveryOf);
}

const theirs = (whose: Whose): readonly [where: string, value: string] =>
  'recipient' in whose
    ? ['recipient = $1', whose.recipient]
    : ['campaign = (SELECT id FROM campaign WHERE name = $1)', whose.campaign];

export async function heldOf(query: Query, whose: Whose): Promise<number> {
  const [where, value] = theirs(whose);
  return Number((await query(`SELECT count(address) AS n FROM delivery WHERE ${where}`, [value]))[0]?.n);
}

/** Everybody with an attempt: what is in flight or in doubt counts as well. */
export async function mailedSince(query: Query, since: Temporal.Instant): Promise<ReadonlySet<string>> {
  const sql = 'SELECT DISTINCT recipient FROM delivery WHERE attempt > 0 AND changed >= $1';
  return new Set((await query(sql, [since.epochMilliseconds])).map(({ recipient }) => String(recipient)));
}

/** Blanks what is personal; the caller's transaction makes it all or nothing. */
export async function eraseFrom(
  connection: Connection,
  whose: Whose,
  now: Temporal.Instant,
  traces: Traces | undefined,
): Promise<number> {
  const [where, value] = theirs(whose);
  // A freeze that is under way holds its campaign's row: nobody slips in behind what is blanked here.
  await connection.query('SELECT id FROM campaign ORDER BY id FOR UPDATE');
  const { state, reason } = advance(planned, { kind: 'exclude', reason: 'suppressed' });
  await connection.query(
    `UPDATE delivery SET state = $2, reason = $3, changed = $4 WHERE ${where} AND state = 'planned'`,
    [value, state, reason, now.epochMilliseconds],
  );
  const { rowCount } = await connection.query(
    `UPDATE delivery SET address = NULL, key = recipient, fields = '{}' WHERE ${where} AND address IS NOT NULL`,
    [value],
  );
  if (traces) await clearMentions(connection, traces);
  return rowCount ?? 0;
}

async function clearMentions(connection: Connection, traces: Traces): Promise<void> {
  const { rows } = await connection.query<Row>(
    "SELECT id, fields FROM delivery WHERE strpos(fields, '@') + strpos(fields, '%40') + strpos(fields, '=40') > 0",
  );
  const found = rows.filter(({ fields }) => traces.isIn(String(fields)));
  await connection.query(
    `UPDATE delivery AS d SET fields = v.fields FROM unnest($1::bigint[], $2::text[]) AS v (id, fields) WHERE d.id = v.id`,
    [found.map(({ id }) => id), found.map(({ fields }) => traces.without(String(fields)))],
  );
}

/**
 * Writes a table anew without what was blanked (https://www.postgresql.org/docs/15/sql-vacuum.html). What the server
 * keeps elsewhere – its log of changes, replicas, backups – goes when its administrator lets it go.
 */
export async function leaveNoTrace(
  connection: Connection,
  table: 'delivery' | 'suppression' | 'event',
): Promise<void> {
  try {
    await connection.query(`VACUUM FULL ${table}`);
  } catch (error) {
    throw asKnown(error);
  }
}
