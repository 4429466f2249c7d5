import type { DatabaseSync } from 'node:sqlite';
import type { SuppressionStore } from '../../audience/suppression.ts';
import { plainErrors } from './sqlite-errors.ts';

/** The suppressed recipients of one client, by id. */
export function sqliteSuppression(database: DatabaseSync, client: string): SuppressionStore {
  const run = <T>(work: () => T) => plainErrors(client, work);
  const known = database.prepare('SELECT 1 FROM suppression WHERE id = ?');
  const find = database.prepare('SELECT at, reason FROM suppression WHERE id = ?');
  return {
    has: (id) => run(() => known.get(id) !== undefined),
    find: (id) =>
      run(() => {
        const row = find.get(id);
        if (!row) return undefined;
        const at = Temporal.Instant.from(String(row.at));
        return row.reason === null ? { at } : { at, reason: String(row.reason) };
      }),
    add: (id, at, reason) =>
      run(
        () =>
          database
            .prepare('INSERT OR IGNORE INTO suppression (id, at, reason) VALUES (?, ?, ?)')
            .run(id, at.toString(), reason ?? null).changes === 1,
      ),
    remove: (id) => run(() => database.prepare('DELETE FROM suppression WHERE id = ?').run(id).changes === 1),
    count: () => run(() => Number(database.prepare('SELECT count(*) AS n FROM suppression').get()?.n)),
  };
}
