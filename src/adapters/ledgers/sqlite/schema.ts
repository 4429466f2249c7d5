import type { DatabaseSync } from 'node:sqlite';
import { fail } from '../../../core/errors/index.ts';

/**
 * One row per candidate, excluded ones too, so that the equation can be counted from the rows. `key` is null for
 * those excluded before they were anybody in particular. Times are epoch milliseconds.
 */
const VERSION_1 = `
  CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL DEFAULT 0,
    control TEXT NOT NULL DEFAULT 'go' CHECK (control IN ('go', 'pause', 'cancel')),
    frozen INTEGER,
    list TEXT,
    basis TEXT,
    messages TEXT,
    candidates INTEGER NOT NULL DEFAULT 0,
    chunks INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    campaign INTEGER NOT NULL REFERENCES campaign (id),
    key TEXT,
    recipient TEXT,
    address TEXT,
    fields TEXT,
    language TEXT,
    line INTEGER,
    state TEXT NOT NULL
      CHECK (state IN ('planned', 'excluded', 'sending', 'accepted', 'rejected', 'inDoubt')),
    attempt INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,
    chunk INTEGER,
    reason TEXT,
    provider TEXT,
    changed INTEGER NOT NULL,
    UNIQUE (campaign, key)
  ) STRICT;
  CREATE INDEX delivery_planned ON delivery (campaign, due, id) WHERE state = 'planned';
  CREATE INDEX delivery_open ON delivery (campaign, id) WHERE state IN ('sending', 'inDoubt');
`;

/** When a campaign is to begin, and how much went out in each quarter of an hour, for the pace of the client's mail. */
const VERSION_2 = `
  ALTER TABLE campaign ADD COLUMN scheduled INTEGER;
  CREATE TABLE sent (slot INTEGER PRIMARY KEY, mails INTEGER NOT NULL) STRICT;
`;

/** What is held back, and when each chunk of it leaves. */
const VERSION_3 = `
  ALTER TABLE campaign ADD COLUMN batch TEXT;
  ALTER TABLE campaign ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE departure (
    campaign INTEGER NOT NULL REFERENCES campaign (id),
    chunk INTEGER NOT NULL,
    leaves INTEGER NOT NULL,
    PRIMARY KEY (campaign, chunk)
  ) STRICT;
`;

/**
 * Who it is apart from where it stands: what changes with each mail is a small row then, and dozens of them share a page.
 * Those who wait for nothing stand in no index but their campaign's, which no step of a delivery touches.
 */
const VERSION_4 = `
  ALTER TABLE delivery RENAME TO together;
  CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    campaign INTEGER NOT NULL REFERENCES campaign (id),
    key TEXT NOT NULL,
    recipient TEXT NOT NULL,
    address TEXT,
    fields TEXT NOT NULL,
    language TEXT NOT NULL,
    UNIQUE (campaign, key)
  ) STRICT;
  CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    campaign INTEGER NOT NULL REFERENCES campaign (id),
    line INTEGER,
    state TEXT NOT NULL
      CHECK (state IN ('planned', 'excluded', 'sending', 'accepted', 'rejected', 'inDoubt')),
    attempt INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,
    chunk INTEGER,
    reason TEXT,
    provider TEXT,
    changed INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX delivery_campaign ON delivery (campaign);
  CREATE INDEX delivery_waiting ON delivery (campaign, due, id) WHERE state = 'planned' AND due > 0;
  INSERT INTO person SELECT id, campaign, key, recipient, address, fields, language FROM together
    WHERE key IS NOT NULL ORDER BY id;
  INSERT INTO delivery SELECT id, campaign, line, state, attempt, due, chunk, reason, provider, changed FROM together
    ORDER BY id;
  DROP TABLE together;
`;

/** What each version adds to the one before; never changed once it was out. */
export const versions: readonly string[] = [VERSION_1, VERSION_2, VERSION_3, VERSION_4];

/** Brings the tables up to what this sec knows. @throws LEDGER_UNKNOWN for a file of a newer one */
export function migrate(database: DatabaseSync): void {
  const found = versionOf(database);
  if (found > versions.length) throw fail('LEDGER_UNKNOWN', { problem: 'it was written by a newer sec' });
  if (found === versions.length) return;
  database.exec('BEGIN IMMEDIATE');
  for (const sql of versions.slice(versionOf(database))) database.exec(sql);
  database.exec(`PRAGMA user_version = ${versions.length}; COMMIT`);
}

const versionOf = (database: DatabaseSync) =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
