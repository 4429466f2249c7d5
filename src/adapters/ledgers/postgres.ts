import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { Ledger } from '../../delivery/ledger.ts';
import { nobody } from '../../delivery/tally.ts';
import { membersOf, OPEN_MEMBERS } from './members.ts';
import { breakdownOf } from './postgres/breakdown.ts';
import { type Connection, connect, transaction } from './postgres/connect.ts';
import { deliveriesOf, eraseFrom, heldOf, leaveNoTrace, mailedSince } from './postgres/erase.ts';
import { lastingConnection } from './postgres/lasting.ts';
import { holdControl, isLeased } from './postgres/lease.ts';
import { DEPARTING } from './postgres/moves.ts';
import { schemaOf } from './postgres/schema.ts';
import { openWriter } from './postgres/writer.ts';
import { COUNT, campaignRecord, departingOf, doubt, type Row, SPAN, tallyOf } from './rows.ts';
import { slotOf } from './slots.ts';
import { openWitness } from './witness.ts';

export interface PostgresLedgerOptions {
  readonly client: string;
  /** The client's own state folder, for the witness where none is named. */
  readonly dir: string;
  readonly witness?: string | undefined;
  readonly url: string;
}

const FIND = `SELECT *, (SELECT coalesce(sum(requests), 0) FROM hand WHERE hand.campaign = campaign.id) AS requests
  FROM campaign WHERE name = $1 AND frozen IS NOT NULL`;

/**
 * The ledger of one client in PostgreSQL, for several operators and machines: each client has a schema of its own.
 *
 * @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN
 */
export async function postgresLedger({ client, dir, witness, url }: PostgresLedgerOptions): Promise<Ledger> {
  const opened = new Set<Connection>();
  const open = async () => {
    const made = await connect(url, schemaOf(client));
    opened.add(made);
    made.once('end', () => opened.delete(made));
    return made;
  };
  const { query, use } = await lastingConnection(client, open);
  const witnessed = openWitness(witness ?? join(dir, 'ledger.witness'));

  const find = async (campaign: string) => (await query(FIND, [campaign]))[0];
  const tally = async (row: Row) =>
    tallyOf(Number(row.candidates), await query(COUNT('$1'), [Number(row.id)]));

  /** A connection of its own, for what takes a transaction. */
  const apart = async <T>(work: (at: Connection) => Promise<T>): Promise<T> => {
    const at = await open();
    try {
      return await work(at);
    } finally {
      await at.end().catch(() => {});
    }
  };

  return {
    async campaign(campaign) {
      const row = await find(campaign);
      return row && campaignRecord(row);
    },
    async tally(campaign) {
      const row = await find(campaign);
      return row ? tally(row) : nobody;
    },
    async doubts(campaign) {
      const row = await find(campaign);
      if (!row) return [];
      const sql =
        "SELECT recipient, address, reason, changed FROM delivery WHERE campaign = $1 AND state = 'inDoubt' ORDER BY id";
      return (await query(sql, [Number(row.id)])).map(doubt);
    },
    async *members(campaign) {
      const row = await find(campaign);
      const sql = OPEN_MEMBERS('$1', '$2');
      if (row) yield* membersOf((after) => query(sql, [Number(row.id), after]));
    },
    async campaigns() {
      const sql = 'SELECT name FROM campaign WHERE frozen IS NOT NULL ORDER BY name COLLATE "C"';
      return (await query(sql, [])).map(({ name }) => String(name));
    },
    async breakdown(campaign) {
      const row = await find(campaign);
      return row ? breakdownOf(query, Number(row.id)) : { hours: [], domains: [] };
    },
    async sentSince(since) {
      const sql = 'SELECT coalesce(sum(mails), 0) AS n FROM sent WHERE slot >= $1';
      return Number((await query(sql, [slotOf(since.epochMilliseconds)]))[0]?.n);
    },
    deliveries: (recipient) => deliveriesOf(query, recipient),
    async departing(campaign, after) {
      const row = await find(campaign);
      if (!row) return departingOf(undefined);
      const sql = `SELECT ${SPAN} FROM ${DEPARTING}`;
      return departingOf((await query(sql, [Number(row.id), after.epochMilliseconds]))[0]);
    },
    held: (whose) => heldOf(query, whose),
    mailedSince: (since) => mailedSince(query, since),
    erase: (whose, now, traces) =>
      apart(async (at) => {
        const erased = await transaction(at, () => eraseFrom(at, whose, now, traces));
        await leaveNoTrace(at, 'delivery');
        return erased;
      }),
    isBusy: (campaign) => use((at) => isLeased(at, { client, campaign })),
    async request(campaign, control) {
      await apart((at) =>
        transaction(at, async () => {
          await holdControl(at, { client, campaign }, 'alone');
          const [row] = (await at.query<Row>(`${FIND} FOR UPDATE`, [campaign])).rows;
          if (!row) throw fail('CAMPAIGN_NOT_SENT', { client, campaign });
          if (row.control === 'cancel' && control !== 'cancel')
            throw fail('CAMPAIGN_CANCELLED', { campaign, planned: (await tally(row)).planned });
          await at.query('UPDATE campaign SET control = $1 WHERE id = $2', [control, Number(row.id)]);
        }),
      );
    },
    write: (campaign, now, how = 'alone') =>
      openWriter({ client, campaign, now, how, witness: witnessed, open }),
    async close() {
      await Promise.all([...opened].map((each) => each.end().catch(() => {})));
    },
  };
}
