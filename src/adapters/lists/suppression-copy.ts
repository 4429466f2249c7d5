import { DatabaseSync } from 'node:sqlite';
import type { Answer, Heard, SuppressionCopy, Untold } from '../../audience/shared-suppression.ts';
import { inTransaction } from '../sqlite/transaction.ts';
import { plainErrors } from './sqlite-errors.ts';

const WAIT_MS = 5000;

// Triggers, so that whatever changes a suppression is told to the others: a command, an event, an erasure.
const SETUP = `
  CREATE TABLE shared (telling TEXT NOT NULL, up_to INTEGER NOT NULL) STRICT;
  CREATE TABLE untold (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL) STRICT;
  CREATE TRIGGER suppression_added AFTER INSERT ON suppression BEGIN INSERT INTO untold (id) VALUES (new.id); END;
  CREATE TRIGGER suppression_changed AFTER UPDATE ON suppression BEGIN INSERT INTO untold (id) VALUES (new.id); END;
  CREATE TRIGGER suppression_removed AFTER DELETE ON suppression BEGIN INSERT INTO untold (id) VALUES (old.id); END;
`;
const TELL_ALL = 'DELETE FROM untold; INSERT INTO untold (id) SELECT id FROM suppression;';
const LAST = 'SELECT coalesce(max(n), 0) AS n FROM untold';

/**
 * What a machine keeps of suppressions, as a copy of the office's shared record. From the first time on its file
 * remembers what it has not told yet, also while the record cannot be reached.
 *
 * @param path a file of lists that is there, with its tables
 * @param client for messages
 * @throws LISTS_BUSY, LISTS_BROKEN
 */
export function openSuppressionCopy(path: string, client: string): SuppressionCopy {
  const run = <T>(work: () => T) => plainErrors(client, work);
  const database = run(() => new DatabaseSync(path, { timeout: WAIT_MS }));
  const write = <T>(work: () => T) => run(() => inTransaction(database, work));
  const isSetUp = () => database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'shared'").get();
  if (!run(isSetUp))
    write(() => {
      if (!isSetUp()) database.exec(SETUP + TELL_ALL);
    });
  const heardNow = (): Heard | undefined => {
    const row = database.prepare('SELECT telling, up_to FROM shared').get();
    return row && { telling: String(row.telling), upTo: Number(row.up_to) };
  };
  const lastUntold = () => Number(database.prepare(LAST).get()?.n);

  return {
    untold: () =>
      run((): Untold => {
        const rows = database
          .prepare(
            `SELECT untold.id, max(n) AS n, at, reason FROM untold LEFT JOIN suppression USING (id) GROUP BY untold.id`,
          )
          .all();
        return {
          heard: heardNow(),
          news: rows.map(({ id, at, reason }) => ({
            id: String(id),
            suppressed: at === null ? undefined : suppressedOf(at, reason),
          })),
          upTo: Math.max(0, ...rows.map(({ n }) => Number(n))),
        };
      }),
    take(told, answer) {
      if (run(() => isSame(heardNow(), answer.heard)) && told.news.length === 0) return true;
      return write(() => {
        if (!isSame(heardNow(), told.heard)) return false;
        if (answer.isOther) {
          database.exec(`DELETE FROM shared; ${TELL_ALL}`);
          return false;
        }
        database.prepare('DELETE FROM untold WHERE n <= ?').run(told.upTo);
        const before = lastUntold();
        apply(database, answer);
        database.prepare('DELETE FROM untold WHERE n > ?').run(before);
        database.exec('DELETE FROM shared');
        database
          .prepare('INSERT INTO shared (telling, up_to) VALUES (?, ?)')
          .run(answer.heard.telling, answer.heard.upTo);
        return true;
      });
    },
    close: () => database.close(),
  };
}

function apply(database: DatabaseSync, { news }: Answer): void {
  const isUntold = database.prepare('SELECT 1 FROM untold WHERE id = ? LIMIT 1');
  const put = database.prepare(
    `INSERT INTO suppression (id, at, reason) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET at = excluded.at, reason = excluded.reason`,
  );
  const remove = database.prepare('DELETE FROM suppression WHERE id = ?');
  const mine = new Set(news.filter(({ id }) => isUntold.get(id)).map(({ id }) => id));
  for (const { id, suppressed } of news) {
    if (mine.has(id)) continue;
    if (suppressed) put.run(id, suppressed.at.toString(), suppressed.reason ?? null);
    else remove.run(id);
  }
}

const suppressedOf = (at: unknown, reason: unknown) => ({
  at: Temporal.Instant.from(String(at)),
  ...(reason === null ? {} : { reason: String(reason) }),
});

const isSame = (one: Heard | undefined, two: Heard | undefined) => one?.telling === two?.telling;
