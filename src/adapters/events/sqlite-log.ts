import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail } from '../../core/errors/index.ts';
import type { MailEvent } from '../../delivery/events/event.ts';
import type { EventLog, WaitingEvents } from '../../delivery/events/event-log.ts';
import { privateFolder } from '../files/atomic.ts';
import { leaveNoTrace } from '../sqlite/leave-no-trace.ts';
import { inTransaction } from '../sqlite/transaction.ts';
import { eventOf, HOUR_MS, hourCount, tallyBy } from './rows.ts';

const VERSION = 1;
const WAIT_MS = 5000;

/** Times are epoch milliseconds. */
const TABLES = `
  CREATE TABLE event (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('delivered', 'deferred', 'bounced', 'complained', 'unsubscribed')),
    at INTEGER NOT NULL,
    campaign TEXT,
    recipient TEXT NOT NULL,
    reason TEXT,
    gone INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_campaign ON event (campaign, kind, recipient);
  CREATE INDEX event_recipient ON event (recipient);
  PRAGMA user_version = ${VERSION};
`;

const logPath = (dir: string) => join(dir, 'events.sqlite');

/** Opens the events of one client; makes the file (mode 0600) where there is none. @throws EVENTS_BROKEN */
export function openEvents(dir: string, client: string): EventLog & WaitingEvents {
  const path = logPath(dir);
  privateFolder(dir);
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  return plain(client, () => {
    const database = new DatabaseSync(path, { timeout: WAIT_MS });
    try {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
      migrate(database, client);
    } catch (error) {
      database.close();
      throw error;
    }
    return logOf(database, client);
  });
}

function migrate(database: DatabaseSync, client: string): void {
  const version = () => Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version() > VERSION)
    throw fail('EVENTS_BROKEN', { client, problem: 'they were written by a newer sec' });
  if (version() === VERSION) return;
  database.exec('BEGIN IMMEDIATE');
  if (version() === 0) database.exec(TABLES);
  database.exec('COMMIT');
}

function logOf(database: DatabaseSync, client: string): EventLog & WaitingEvents {
  const run = async <T>(work: () => T) => plain(client, work);
  const find = database.prepare('SELECT 1 FROM event WHERE id = ?');
  const insert = database.prepare(
    'INSERT OR IGNORE INTO event (id, kind, at, campaign, recipient, reason, gone) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const keep = ({ id, kind, at, campaign, recipient, reason, isGone }: MailEvent) =>
    insert.run(
      ...[id, kind, at.epochMilliseconds, campaign ?? null],
      ...[recipient, reason ?? null, isGone ? 1 : 0],
    ).changes === 1;
  const count = (which: string, ...values: readonly (string | number)[]) =>
    Number(
      database.prepare(`SELECT count(DISTINCT recipient) AS n FROM event WHERE ${which}`).get(...values)?.n,
    );
  const remove = (which: string, value: string | number) => {
    const removed = Number(database.prepare(`DELETE FROM event WHERE ${which}`).run(value).changes);
    leaveNoTrace(database);
    return removed;
  };
  return {
    known: (ids) => run(() => new Set(ids.filter((id) => find.get(id) !== undefined))),
    add: (events) =>
      run(() => inTransaction(database, () => new Set(events.filter(keep).map(({ id }) => id)))),
    tally: (campaign) => run(() => tallyBy((kind) => count('campaign = ? AND kind = ?', campaign, kind))),
    since: (campaign, kind, at) =>
      run(() => count('campaign = ? AND kind = ? AND at >= ?', campaign, kind, at.epochMilliseconds)),
    hours: (campaign) =>
      run(() =>
        database
          .prepare(
            `SELECT at / ${HOUR_MS} AS hour, kind, count(DISTINCT recipient) AS n FROM event
             WHERE campaign = ? GROUP BY hour, kind ORDER BY hour, kind`,
          )
          .all(campaign)
          .map(hourCount),
      ),
    of: (recipient) =>
      run(() =>
        database
          .prepare('SELECT * FROM event WHERE recipient = ? ORDER BY at, id')
          .all(recipient)
          .map(eventOf),
      ),
    before: (at) =>
      run(() =>
        Number(database.prepare('SELECT count(*) AS n FROM event WHERE at < ?').get(at.epochMilliseconds)?.n),
      ),
    forget: (recipient) => run(() => remove('recipient = ?', recipient)),
    forgetBefore: (at) => run(() => remove('at < ?', at.epochMilliseconds)),
    first: (most) => run(() => database.prepare('SELECT * FROM event LIMIT ?').all(most).map(eventOf)),
    handOver: (ids) =>
      run(() =>
        inTransaction(database, () => {
          const drop = database.prepare('DELETE FROM event WHERE id = ?');
          for (const id of ids) drop.run(id);
        }),
      ),
    close: async () => database.close(),
  };
}

/** Runs `work` and turns what SQLite throws into words. */
function plain<T>(client: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SQLITE_ERROR') throw error;
    const { errstr } = error as { readonly errstr?: string };
    throw fail('EVENTS_BROKEN', { client, problem: errstr ?? 'the file cannot be used' }, error);
  }
}
