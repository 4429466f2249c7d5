import type { DatabaseSync } from 'node:sqlite';
import type { SuppressionStore } from '../../audience/suppression.ts';
import type { Sealer } from './sealer.ts';
import { plainErrors } from './sqlite-errors.ts';
import { openReason, sealReason } from './suppression-reason.ts';

/** The suppressed recipients of one client, by id. Why they are is in somebody's own words, and sealed. */
export interface SealedSuppression extends SuppressionStore {
  /** Suppresses somebody whose address is forgotten, from then on, whatever the reason was before. */
  erase(id: string, at: Temporal.Instant): void;
  /** Changes each reason where `change` gives another. @returns how many were changed */
  rewrite(change: (text: string) => string): number;
}

const ERASED = 'erased';

export function sqliteSuppression(database: DatabaseSync, sealer: Sealer, client: string): SealedSuppression {
  const run = <T>(work: () => T) => plainErrors(client, work);
  const known = database.prepare('SELECT 1 FROM suppression WHERE id = ?');
  const among = database.prepare('SELECT id FROM suppression WHERE id IN (SELECT value FROM json_each(?))');
  const find = database.prepare('SELECT at, reason FROM suppression WHERE id = ?');
  const put = (how: string, id: string, at: Temporal.Instant, reason: string | undefined) =>
    database
      .prepare(`INSERT OR ${how} INTO suppression (id, at, reason) VALUES (?, ?, ?)`)
      .run(id, at.toString(), sealReason(sealer, id, reason)).changes === 1;
  const store: SealedSuppression = {
    has: (id) => run(() => known.get(id) !== undefined),
    among: (ids) => run(() => new Set(among.all(JSON.stringify(ids)).map(({ id }) => String(id)))),
    find: (id) =>
      run(() => {
        const row = find.get(id);
        if (!row) return undefined;
        const at = Temporal.Instant.from(String(row.at));
        const reason = openReason(sealer, id, row.reason);
        return reason === undefined ? { at } : { at, reason };
      }),
    add: (id, at, reason) => run(() => put('IGNORE', id, at, reason)),
    remove: (id) => run(() => database.prepare('DELETE FROM suppression WHERE id = ?').run(id).changes === 1),
    count: () => run(() => Number(database.prepare('SELECT count(*) AS n FROM suppression').get()?.n)),
    erase(id, at) {
      if (store.find(id)?.reason !== ERASED) put('REPLACE', id, at, ERASED);
    },
    rewrite(change) {
      const update = database.prepare('UPDATE suppression SET reason = ? WHERE id = ?');
      let changed = 0;
      for (const row of database.prepare('SELECT id, reason FROM suppression').all()) {
        const id = String(row.id);
        const reason = openReason(sealer, id, row.reason);
        const other = reason === undefined ? undefined : change(reason);
        if (other === undefined || other === reason) continue;
        update.run(sealReason(sealer, id, other), id);
        changed++;
      }
      return changed;
    },
  };
  return store;
}
