import type { ClientKey } from '../../../audience/recipient-id.ts';
import type { MailEvent } from '../../../delivery/events/event.ts';
import type { EventLog } from '../../../delivery/events/event-log.ts';
import { eventOf, HOUR_MS, hourCount, tallyBy } from '../../events/rows.ts';
import { createSealer, type Sealer } from '../../lists/sealer.ts';
import type { Row } from '../rows.ts';
import { connect } from './connect.ts';
import { leaveNoTrace } from './erase.ts';
import { checkSameKey, type KeyOwner, otherKey } from './key-check.ts';
import { lastingConnection } from './lasting.ts';
import { schemaOf } from './schema.ts';

export interface SharedEventsOptions extends KeyOwner {
  readonly url: string;
  readonly client: string;
  /** Asked for where it is needed: to tell something, and to read what servers said. Undefined on a machine that has none. */
  readonly key: () => Promise<ClientKey | undefined>;
}

const COLUMNS = ['text', 'text', 'bigint', 'text', 'text', 'bytea', 'boolean'];
const ADD = `INSERT INTO event (id, kind, at, campaign, recipient, reason, gone)
  SELECT * FROM unnest(${COLUMNS.map((type, n) => `$${n + 1}::${type}[]`).join(', ')})
  ON CONFLICT (id) DO NOTHING RETURNING id`;
const OF = 'SELECT * FROM event WHERE recipient = $1 ORDER BY at, id COLLATE "C"';
const BY_KIND = 'SELECT kind, count(DISTINCT recipient) AS n FROM event WHERE campaign = $1 GROUP BY kind';
const SINCE =
  'SELECT count(DISTINCT recipient) AS n FROM event WHERE campaign = $1 AND kind = $2 AND at >= $3';
const BY_HOUR = `SELECT at / ${HOUR_MS} AS hour, kind, count(DISTINCT recipient) AS n FROM event
  WHERE campaign = $1 GROUP BY hour, kind ORDER BY hour, kind COLLATE "C"`;

/**
 * What was told of a client's messages, in the office's PostgreSQL: opaque ids of recipients, and what servers said sealed
 * under the client's own key. `add` and `of` throw SUPPRESSION_OTHER_KEY where this machine calls the same people otherwise.
 *
 * @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN
 */
export async function openSharedEvents(options: SharedEventsOptions): Promise<EventLog> {
  const { url, client } = options;
  const { use, query, close } = await lastingConnection(client, () => connect(url, schemaOf(client)));
  let made: Promise<Sealer> | undefined;
  const sealer = () => {
    made ??= options.key().then(async (key) => {
      if (!key) throw otherKey(options);
      const [told] = await query('SELECT key_check FROM telling ORDER BY up_to DESC LIMIT 1');
      if (told) checkSameKey(key, told.key_check, options);
      return createSealer(key, client);
    });
    return made;
  };
  const remove = async (which: string, value: string | number) => {
    const removed = await query(`DELETE FROM event WHERE ${which} RETURNING 1`, [value]);
    await use((at) => leaveNoTrace(at, 'event'));
    return removed.length;
  };
  return {
    known: async (ids) => idsOf(await query('SELECT id FROM event WHERE id = ANY ($1)', [ids])),
    add: async (events) =>
      events.length === 0 ? new Set() : idsOf(await query(ADD, columnsOf(events, await sealer()))),
    async tally(campaign) {
      const rows = await query(BY_KIND, [campaign]);
      return tallyBy((wanted) => Number(rows.find(({ kind }) => kind === wanted)?.n ?? 0));
    },
    since: async (campaign, kind, at) =>
      Number((await query(SINCE, [campaign, kind, at.epochMilliseconds]))[0]?.n),
    hours: async (campaign) => (await query(BY_HOUR, [campaign])).map(hourCount),
    async of(recipient) {
      const rows = await query(OF, [recipient]);
      const opener = rows.length > 0 ? await sealer() : undefined;
      return rows.map((row) => eventOf({ ...row, reason: openReason(opener, row) }));
    },
    before: async (at) =>
      Number((await query('SELECT count(*) AS n FROM event WHERE at < $1', [at.epochMilliseconds]))[0]?.n),
    forget: (recipient) => remove('recipient = $1', recipient),
    forgetBefore: (at) => remove('at < $1', at.epochMilliseconds),
    close,
  };
}

const idsOf = (rows: readonly Row[]) => new Set(rows.map(({ id }) => String(id)));

const placeOf = (id: unknown) => `event ${id}`;

const openReason = (sealer: Sealer | undefined, { id, reason }: Row) =>
  reason === null ? null : sealer?.open(placeOf(id), reason);

const columnsOf = (events: readonly MailEvent[], sealer: Sealer) => [
  events.map(({ id }) => id),
  events.map(({ kind }) => kind),
  events.map(({ at }) => at.epochMilliseconds),
  events.map(({ campaign }) => campaign ?? null),
  events.map(({ recipient }) => recipient),
  events.map(({ id, reason }) =>
    reason === undefined ? null : Buffer.from(sealer.seal(placeOf(id), reason)),
  ),
  events.map(({ isGone }) => isGone === true),
];
