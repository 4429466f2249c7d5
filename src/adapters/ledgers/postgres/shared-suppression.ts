import { randomUUID } from 'node:crypto';
import type { ClientKey } from '../../../audience/recipient-id.ts';
import type {
  Answer,
  Heard,
  SharedSuppression,
  SuppressionNews,
} from '../../../audience/shared-suppression.ts';
import type { Row } from '../rows.ts';
import { type Connection, connect, transaction } from './connect.ts';
import { leaveNoTrace } from './erase.ts';
import { checkSameKey, type KeyOwner, keyCheckOf } from './key-check.ts';
import { lastingConnection } from './lasting.ts';
import { schemaOf } from './schema.ts';

export interface SharedSuppressionOptions extends KeyOwner {
  readonly url: string;
  /** The client, or OFFICE. */
  readonly scope: string;
  /** The key of this machine; undefined where it has none, and may only ask. */
  readonly key: ClientKey | undefined;
}

// One statement, so that all of it is of one moment. Each telling has a name: a database that was put back from a backup
// does not know the last one of those who were ahead of it, however far it has come again.
const HEAR = `SELECT last.id AS telling, up_to, key_check, EXISTS (SELECT FROM telling WHERE id = $2) AS known,
    suppression.id, at, reason, removed
  FROM (SELECT * FROM telling ORDER BY up_to DESC LIMIT 1) AS last LEFT JOIN suppression ON seq > $1 ORDER BY seq`;
const BEGIN =
  'INSERT INTO telling (id, up_to, key_check) SELECT $1, 0, $2 WHERE NOT EXISTS (SELECT FROM telling)';

/**
 * Suppressions in the office's PostgreSQL: keyed hashes with a time and a reason, in the client's own schema. Each change
 * gets the next number, one after the other, so that whoever has heard all up to one number has missed nothing.
 *
 * @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN
 */
export async function openSharedSuppression(options: SharedSuppressionOptions): Promise<SharedSuppression> {
  const { url, scope, key } = options;
  const { use, close } = await lastingConnection(scope, () => connect(url, schemaOf(scope)));
  const check = key && keyCheckOf(key);

  const checked = (rows: readonly Row[]) => {
    checkSameKey(key, rows[0]?.key_check, options);
    return rows;
  };

  const hear = async (at: Connection, heard: Heard | undefined) =>
    (await at.query<Row>(HEAR, [heard?.upTo ?? 0, heard?.telling ?? null])).rows;

  return {
    isBegun: () => use(async (at) => (await at.query('SELECT FROM telling LIMIT 1')).rowCount === 1),
    exchange: (heard, told) =>
      use(async (at) => {
        const rows = await hear(at, heard);
        if (rows.length > 0 && told.length === 0) return answerOf(checked(rows), heard);
        return transaction(at, async () => {
          await at.query("SELECT pg_advisory_xact_lock(hashtextextended('sec suppression ' || $1, 0))", [
            scope,
          ]);
          await at.query(BEGIN, [randomUUID(), check]);
          const before = answerOf(checked(await hear(at, heard)), heard);
          if (before.isOther || told.length === 0) return before;
          await tell(at, heard, before.heard.upTo, told);
          await at.query('INSERT INTO telling (id, up_to, key_check) VALUES ($1, $2, $3)', [
            randomUUID(),
            before.heard.upTo + told.length,
            check,
          ]);
          return answerOf(await hear(at, heard), heard);
        });
      }),
    leaveNoTrace: () => use((at) => leaveNoTrace(at, 'suppression')),
    close,
  };
}

/** Whoever tells everything for the first time (nothing heard) adds only what nobody knows. */
async function tell(
  connection: Connection,
  heard: Heard | undefined,
  newest: number,
  told: readonly SuppressionNews[],
): Promise<void> {
  const added = told.flatMap(({ id, suppressed }) => (suppressed ? [{ id, ...suppressed }] : []));
  const allowed = told.filter(({ suppressed }) => !suppressed).map(({ id }) => id);
  await connection.query(
    `INSERT INTO suppression AS s (id, at, reason, seq)
     SELECT v.id, v.at, v.reason, $1::bigint + v.n
     FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS v (id, at, reason, n)
     ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, removed = false,
       at = CASE WHEN s.removed OR $5 THEN excluded.at ELSE s.at END,
       reason = CASE WHEN s.removed OR $5 THEN excluded.reason ELSE s.reason END`,
    [
      newest,
      added.map(({ id }) => id),
      added.map(({ at }) => at.toString()),
      added.map(({ reason }) => reason ?? null),
      heard !== undefined,
    ],
  );
  // Numbered anew in either case, so that whoever asked hears what counts.
  await connection.query(
    `UPDATE suppression AS s SET seq = $1::bigint + v.n, removed = s.removed OR s.seq <= $2,
       reason = CASE WHEN s.removed OR s.seq <= $2 THEN NULL ELSE s.reason END
     FROM unnest($3::text[]) WITH ORDINALITY AS v (id, n) WHERE s.id = v.id`,
    [newest + added.length, heard?.upTo ?? 0, allowed],
  );
}

function answerOf(rows: readonly Row[], heard: Heard | undefined): Answer {
  const [{ telling, up_to, known } = {}] = rows;
  const news = rows.flatMap(({ id, at, reason, removed }) =>
    id === null ? [] : [{ id: String(id), suppressed: removed ? undefined : suppressedOf(at, reason) }],
  );
  const isOther = heard !== undefined && known !== true;
  return { heard: { telling: String(telling), upTo: Number(up_to) }, news, isOther };
}

const suppressedOf = (at: unknown, reason: unknown) => ({
  at: Temporal.Instant.from(String(at)),
  ...(reason === null ? {} : { reason: String(reason) }),
});
