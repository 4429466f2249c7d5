import type { DatabaseSync } from 'node:sqlite';
import type { ListStore, StoredList } from '../../audience/list-store.ts';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { beginImport } from './import-transaction.ts';
import { toEvidence, toImport, toMember } from './rows.ts';
import { plainErrors } from './sqlite-errors.ts';
import { sqliteSuppression } from './sqlite-suppression.ts';

/** The lists of one client in an open database whose tables are there. */
export function sqliteStore(database: DatabaseSync, clientKey: ClientKey, client: string): ListStore {
  const run = <T>(work: () => T) => plainErrors(client, work);
  const listRow = (list: string) => database.prepare('SELECT id, columns FROM list WHERE name = ?').get(list);
  const ofMember = 'SELECT id, address, language, fields FROM recipient WHERE list = ?';

  return {
    clientKey,
    suppression: sqliteSuppression(database, client),
    names: () =>
      run(() => database.prepare('SELECT name FROM list ORDER BY name').all()).map(({ name }) =>
        String(name),
      ),
    find: (list) =>
      run((): StoredList | undefined => {
        const found = listRow(list);
        if (!found?.id) return undefined;
        const { people } = database
          .prepare('SELECT count(*) AS people FROM recipient WHERE list = ?')
          .get(found.id) ?? { people: 0 };
        return {
          name: list,
          columns: JSON.parse(String(found.columns)),
          recipients: Number(people),
          imports: database
            .prepare('SELECT * FROM import WHERE list = ? ORDER BY id')
            .all(found.id)
            .map(toImport),
        };
      }),
    *members(list) {
      const id = run(() => listRow(list))?.id;
      if (!id) return;
      const rows = database.prepare(`${ofMember} ORDER BY position`).iterate(id);
      try {
        for (let next = run(() => rows.next()); !next.done; next = run(() => rows.next()))
          yield toMember(next.value);
      } finally {
        // A reader that stops half-way would keep seeing the lists as they are now.
        rows.return?.();
      }
    },
    member: (list, id) =>
      run(() => {
        const found = database.prepare(`${ofMember} AND id = ?`).get(listRow(list)?.id ?? null, id);
        return found && toMember(found);
      }),
    evidence: (list, id) =>
      run(() =>
        database
          .prepare(
            `SELECT import.*, evidence.line FROM recipient
             JOIN evidence ON evidence.recipient = recipient.position
             JOIN import ON import.id = evidence.import
             WHERE recipient.list = ? AND recipient.id = ? ORDER BY import.id`,
          )
          .all(listRow(list)?.id ?? null, id)
          .map(toEvidence),
      ),
    beginImport: (list, columns, facts) => run(() => beginImport(database, client, list, columns, facts)),
    close: () => database.close(),
  };
}
