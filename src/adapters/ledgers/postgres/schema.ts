import { fail } from '../../../core/errors/index.ts';
import { type Connection, transaction } from './connect.ts';

/** What each version adds to the one before; never changed once it was out. Times are epoch milliseconds. */
export const versions: readonly string[] = [
  `CREATE TABLE campaign (
    id serial PRIMARY KEY,
    name text NOT NULL UNIQUE,
    generation integer NOT NULL DEFAULT 0,
    turns bigint NOT NULL DEFAULT 0,
    control text NOT NULL DEFAULT 'go' CHECK (control IN ('go', 'pause', 'cancel')),
    frozen bigint,
    scheduled bigint,
    list text,
    basis text,
    messages text,
    candidates integer NOT NULL DEFAULT 0,
    chunks integer NOT NULL DEFAULT 0,
    requests bigint NOT NULL DEFAULT 0
  );
  CREATE TABLE delivery (
    id bigserial PRIMARY KEY,
    campaign integer NOT NULL REFERENCES campaign (id),
    key text,
    recipient text,
    address text,
    fields text,
    language text,
    line integer,
    state text NOT NULL
      CHECK (state IN ('planned', 'excluded', 'sending', 'accepted', 'rejected', 'inDoubt')),
    attempt integer NOT NULL DEFAULT 0,
    due bigint NOT NULL DEFAULT 0,
    chunk integer,
    reason text,
    provider text,
    changed bigint NOT NULL,
    UNIQUE (campaign, key)
  );
  CREATE INDEX delivery_planned ON delivery (campaign, due, id) WHERE state = 'planned';
  CREATE INDEX delivery_open ON delivery (campaign, id) WHERE state IN ('sending', 'inDoubt');
  CREATE TABLE sent (slot bigint PRIMARY KEY, mails integer NOT NULL);`,
  `ALTER TABLE campaign ADD COLUMN batch text, ADD COLUMN recalled integer NOT NULL DEFAULT 0;
  CREATE TABLE departure (
    campaign integer NOT NULL REFERENCES campaign (id),
    chunk integer NOT NULL,
    leaves bigint NOT NULL,
    PRIMARY KEY (campaign, chunk)
  );`,
  // The server's statistics would keep samples of what is erased. A change of type, even to the same, drops those it has.
  `CREATE TABLE telling (id text PRIMARY KEY, up_to bigint NOT NULL UNIQUE, key_check text NOT NULL);
  CREATE TABLE suppression (
    id text PRIMARY KEY,
    at text NOT NULL,
    reason text,
    removed boolean NOT NULL DEFAULT false,
    seq bigint NOT NULL
  );
  CREATE INDEX suppression_seq ON suppression (seq);
  ALTER TABLE suppression ALTER COLUMN reason SET STATISTICS 0;
  ALTER TABLE delivery ALTER COLUMN address TYPE text, ALTER COLUMN key TYPE text, ALTER COLUMN fields TYPE text;
  ALTER TABLE delivery ALTER COLUMN address SET STATISTICS 0, ALTER COLUMN key SET STATISTICS 0,
    ALTER COLUMN fields SET STATISTICS 0;`,
  // Each writer counts for itself, so that several at one campaign never wait for one row.
  `CREATE TABLE hand (
    id serial PRIMARY KEY,
    campaign integer NOT NULL REFERENCES campaign (id),
    run integer NOT NULL,
    turns bigint NOT NULL DEFAULT 0,
    requests bigint NOT NULL DEFAULT 0,
    accepted bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    seen timestamptz NOT NULL DEFAULT now(),
    ended boolean NOT NULL DEFAULT false
  );
  CREATE INDEX hand_campaign ON hand (campaign, run);
  INSERT INTO hand (campaign, run, requests, ended) SELECT id, 0, requests, true FROM campaign;
  CREATE SEQUENCE chunk;
  SELECT setval('chunk', (SELECT coalesce(max(chunks), 0) + 1 FROM campaign));
  ALTER TABLE campaign ADD COLUMN run integer NOT NULL DEFAULT 0,
    DROP COLUMN turns, DROP COLUMN chunks, DROP COLUMN requests;
  ALTER TABLE delivery ADD COLUMN hand integer;
  ALTER TABLE sent DROP CONSTRAINT sent_pkey, ADD COLUMN hand integer NOT NULL DEFAULT 0, ADD PRIMARY KEY (slot, hand);
  CREATE TABLE pace (name text PRIMARY KEY, ahead double precision NOT NULL, seq bigint NOT NULL);
  CREATE INDEX pace_seq ON pace (seq);`,
  'CREATE TABLE approval (kind text NOT NULL, id text NOT NULL, body text NOT NULL, PRIMARY KEY (kind, id));',
  'ALTER TABLE hand ADD COLUMN in_doubt bigint NOT NULL DEFAULT 0;',
  `CREATE TABLE event (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('delivered', 'deferred', 'bounced', 'complained', 'unsubscribed')),
    at bigint NOT NULL,
    campaign text,
    recipient text NOT NULL,
    reason bytea,
    gone boolean NOT NULL
  );
  CREATE INDEX event_campaign ON event (campaign, kind, recipient);
  CREATE INDEX event_recipient ON event (recipient);
  ALTER TABLE event ALTER COLUMN reason SET STATISTICS 0;`,
];

/** What the office keeps for all of its clients, under a name that no client can have. */
export const OFFICE = '-office';

/** The schema of one client: no query of one ever names another's. Client names are letters, digits and hyphens. */
export const schemaOf = (client: string): string => `sec_${client.replaceAll('-', '_')}`;

/** Brings the client's tables up to what this sec knows, also where several begin at once. @throws LEDGER_UNKNOWN */
export async function migrate(connection: Connection, client: string): Promise<void> {
  const schema = schemaOf(client);
  if ((await versionOf(connection, schema, client)) === versions.length) return;
  await transaction(connection, async () => {
    await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('sec migration', 0))");
    const found = await versionOf(connection, schema, client);
    await connection.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await connection.query(
      'CREATE TABLE IF NOT EXISTS ledger (version integer NOT NULL, client text NOT NULL)',
    );
    for (const sql of versions.slice(found)) await connection.query(sql);
    await connection.query('DELETE FROM ledger');
    await connection.query('INSERT INTO ledger VALUES ($1, $2)', [versions.length, client]);
  });
}

async function versionOf(connection: Connection, schema: string, client: string): Promise<number> {
  const there = await connection.query(
    "SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'ledger'",
    [schema],
  );
  if (there.rowCount === 0) return 0;
  const [row] = (await connection.query('SELECT version, client FROM ledger')).rows;
  // a-b and a_b could share a schema; they must not.
  if (row && row.client !== client)
    throw fail('LEDGER_UNKNOWN', {
      problem: 'another client with nearly the same name keeps its record there',
    });
  const version = Number(row?.version ?? 0);
  if (version > versions.length) throw fail('LEDGER_UNKNOWN', { problem: 'it was written by a newer sec' });
  return version;
}
