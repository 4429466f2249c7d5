import { fail } from '../../../core/errors/index.ts';
import type { Togetherness } from '../../../delivery/ledger.ts';
import type { Connection } from './connect.ts';

/** A campaign of a client. */
export interface Place {
  readonly client: string;
  readonly campaign: string;
}

const run = async (connection: Connection, call: string, name: string) =>
  (await connection.query(`SELECT ${call}(hashtextextended($1, 0)) AS held`, [name])).rows[0]?.held === true;

const placeName = ({ client, campaign }: Place) => `sec ${client} ${campaign}`;
const handName = (client: string, hand: number) => `sec hand ${client} ${hand}`;

/**
 * Holds a campaign for one connection, alone or together with others who do the same. The server itself lets go when that
 * connection ends in any way (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS); a holder who was
 * cut off and does not know it yet is shut out by its hand.
 *
 * @throws CAMPAIGN_BUSY while another one holds it
 */
export async function takeLease(connection: Connection, place: Place, how: Togetherness): Promise<void> {
  const call = how === 'alone' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
  if (!(await run(connection, call, placeName(place)))) throw fail('CAMPAIGN_BUSY', { ...place });
}

// A look that took the lock for a moment would turn away whoever wants it at that moment.
const HOLDERS = `FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::bigint << 32) + objid::bigint = hashtextextended($1, 0)`;

export async function isLeased(connection: Connection, place: Place): Promise<boolean> {
  return (await connection.query(`SELECT 1 ${HOLDERS} LIMIT 1`, [placeName(place)])).rowCount === 1;
}

/** Marks a writer as alive, for as long as its connection is. @returns whether nobody else holds it */
export const takeHand = (connection: Connection, client: string, hand: number): Promise<boolean> =>
  run(connection, 'pg_try_advisory_lock', handName(client, hand));

/** Whether the writer's connection is gone. It cannot come back before the transaction ends. */
export const isHandGone = (connection: Connection, client: string, hand: number): Promise<boolean> =>
  run(connection, 'pg_try_advisory_xact_lock', handName(client, hand));

/**
 * Ends what the server still holds of a writer's connection that broke on this side.
 *
 * @param backend the process that served it
 */
export async function endHand(
  connection: Connection,
  client: string,
  hand: number,
  backend: number,
): Promise<void> {
  await connection.query(`SELECT pg_terminate_backend(pid) ${HOLDERS} AND pid = $2`, [
    handName(client, hand),
    backend,
  ]);
}

/**
 * Until the transaction ends: a wish of the operator (alone) waits for turns that began before it, and turns (together)
 * for it. Nobody is claimed after a pause or a cancel has returned.
 */
export async function holdControl(connection: Connection, place: Place, how: Togetherness): Promise<void> {
  const call = how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await run(connection, call, `sec control ${place.client} ${place.campaign}`);
}
