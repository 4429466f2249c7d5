import type { Wake } from '../../delivery/worker/wake.ts';
import { asKnown, connect } from '../ledgers/postgres/connect.ts';

/** The queue of campaigns that were put up for workers. */
export const QUEUE = 'sec-send';

// What a worker has taken counts too: it takes a moment until it is at work on it.
const WAITING = `SELECT FROM pgboss.job WHERE name = $1 AND state < 'completed'
  AND data->>'client' = $2 AND data->>'campaign' = $3 LIMIT 1`;

/** Whether a worker will look at a campaign, now or later. @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN */
export async function isWaiting(url: string, { client, campaign }: Wake): Promise<boolean> {
  const connection = await connect(url, 'public');
  try {
    const { rows } = await connection.query("SELECT to_regclass('pgboss.job') IS NOT NULL AS begun");
    if (rows[0]?.begun !== true) return false;
    return (await connection.query(WAITING, [QUEUE, client, campaign])).rowCount === 1;
  } catch (error) {
    throw asKnown(error);
  } finally {
    await connection.end().catch(() => {});
  }
}
