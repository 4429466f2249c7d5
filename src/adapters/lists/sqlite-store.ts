import type { DatabaseSync } from 'node:sqlite';
import type { ListStore, StoredList } from '../../audience/list-store.ts';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { erasePerson, lastNamed, removePeople } from './erase.ts';
import { beginImport } from './import-transaction.ts';
import { toEvidence, toImport, toMember } from './rows.ts';
import { plainErrors } from './sqlite-errors.ts';
import { sqliteSuppression } from './sqlite-suppression.ts';

/** The lists of one client in an open database whose tables are there. */
export function sqliteStore(database: DatabaseSync, clientKey: ClientKey, client: string): ListStore {
  const run = <T>(work: () => T) => plainErrors(client, work);
  const open = (name: string) => {
    const found = database.prepare('SELECT id, columns FROM list WHERE name = ?').get(name);
    return found && { id: Number(found.id), columns: JSON.parse(String(found.columns)) as string[] };
  };
  // The number of the list stands in the text, so that SQLite sees that the index of this list serves.
  const ofList = (id: number) => `FROM recipient WHERE list = ${id}`;

  return {
    clientKey,
    suppression: sqliteSuppression(database, client),
    names: () =>
      run(() => database.prepare('SELECT name FROM list ORDER BY name').all()).map(({ name }) =>
        String(name),
      ),
    find: (name) =>
      run((): StoredList | undefined => {
        const found = open(name);
        if (!found) return undefined;
        const imports = database.prepare('SELECT * FROM import WHERE list = ? ORDER BY id').all(found.id);
        return {
          name,
          columns: found.columns,
          recipients: Number(database.prepare(`SELECT count(*) AS n ${ofList(found.id)}`).get()?.n),
          imports: imports.map(toImport),
        };
      }),
    *members(name) {
      const list = run(() => open(name));
      if (!list) return;
      const rows = database
        .prepare(`SELECT id, address, language, cells ${ofList(list.id)} ORDER BY position`)
        .iterate();
      try {
        for (let next = run(() => rows.next()); !next.done; next = run(() => rows.next()))
          yield toMember(next.value, list.columns);
      } finally {
        // A reader that stops half-way would keep seeing the lists as they are now.
        rows.return?.();
      }
    },
    member: (name, id) =>
      run(() => {
        const list = open(name);
        const row =
          list &&
          database.prepare(`SELECT id, address, language, cells ${ofList(list.id)} AND id = ?`).get(id);
        return row && toMember(row, list.columns);
      }),
    *lastNamed(name) {
      const list = run(() => open(name));
      if (list) yield* lastNamed(database, list.id);
    },
    erase: (id, at, traces) => run(() => erasePerson(database, id, at, traces)),
    remove: (name, ids) =>
      run(() => {
        const list = open(name);
        return list ? removePeople(database, list.id, ids) : 0;
      }),
    evidence: (name, id) =>
      run(() => {
        const list = open(name);
        if (!list) return [];
        return database
          .prepare(
            `WITH named AS (SELECT position, import, line ${ofList(list.id)} AND id = ?)
             SELECT import.*, proof.line FROM import JOIN
               (SELECT import, line FROM named
                UNION ALL
                SELECT evidence.import, evidence.line FROM named JOIN evidence ON evidence.recipient = named.position)
               AS proof ON proof.import = import.id
             ORDER BY import.id`,
          )
          .all(id)
          .map(toEvidence);
      }),
    beginImport: (list, columns, facts) => run(() => beginImport(database, client, list, columns, facts)),
    close: () => database.close(),
  };
}
