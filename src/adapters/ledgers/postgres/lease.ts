import { fail } from '../../../core/errors/index.ts';
import type { Connection } from './connect.ts';

const KEY = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held';

/**
 * Holds a campaign for one connection. The server itself lets go when that connection ends in any way
 * (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS); a holder who was cut off and does not know it
 * yet is shut out by the generation.
 *
 * @throws CAMPAIGN_BUSY while another one holds it
 */
export async function takeLease(
  connection: Connection,
  { client, campaign }: { client: string; campaign: string },
): Promise<void> {
  const { rows } = await connection.query(KEY, [nameOf(client, campaign)]);
  if (rows[0]?.held !== true) throw fail('CAMPAIGN_BUSY', { client, campaign });
}

export async function isLeased(connection: Connection, client: string, campaign: string): Promise<boolean> {
  const name = nameOf(client, campaign);
  const { rows } = await connection.query(KEY, [name]);
  if (rows[0]?.held !== true) return true;
  await connection.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  return false;
}

const nameOf = (client: string, campaign: string) => `sec ${client} ${campaign}`;
