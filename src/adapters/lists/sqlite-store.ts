import type { DatabaseSync } from 'node:sqlite';
import { idAt } from '../../audience/id-index.ts';
import type { ListStore, StoredList } from '../../audience/list-store.ts';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { sealedBlocks } from './blocks.ts';
import { erasePerson, removePeople } from './erase.ts';
import { importRecords } from './import-records.ts';
import { beginImport } from './import-transaction.ts';
import { evidenceOf, lastNamed } from './naming.ts';
import { toMember } from './row-text.ts';
import { createSealer } from './sealer.ts';
import { plainErrors } from './sqlite-errors.ts';
import { sqliteSuppression } from './sqlite-suppression.ts';

/** The lists of one client in an open database whose tables are there, sealed under the client's key. */
export function sqliteStore(database: DatabaseSync, clientKey: ClientKey, client: string): ListStore {
  const run = <T>(work: () => T) => plainErrors(client, work);
  const sealer = createSealer(clientKey, client);
  const blocks = sealedBlocks(database, sealer);
  const records = importRecords(database, sealer);
  const suppression = sqliteSuppression(database, sealer, client);
  const open = (name: string) => {
    const found = database.prepare('SELECT id, columns FROM list WHERE name = ?').get(name);
    return found && { id: Number(found.id), columns: JSON.parse(String(found.columns)) as string[] };
  };

  return {
    clientKey,
    suppression,
    names: () =>
      run(() => database.prepare('SELECT name FROM list ORDER BY name').all()).map(({ name }) =>
        String(name),
      ),
    find: (name) =>
      run((): StoredList | undefined => {
        const found = open(name);
        if (!found) return undefined;
        const imports = [...records.of(found.id).values()];
        return { name, columns: found.columns, recipients: blocks.count(found.id), imports };
      }),
    *members(name) {
      const list = run(() => open(name));
      if (!list) return;
      const all = blocks.all(list.id)[Symbol.iterator]();
      try {
        for (let next = run(() => all.next()); !next.done; next = run(() => all.next())) {
          const { ids, rows } = next.value;
          for (const [slot, row] of rows.entries()) {
            const id = idAt(ids, slot);
            if (id !== undefined) yield toMember(id, row, list.columns);
          }
        }
      } finally {
        all.return?.();
      }
    },
    member: (name, id) =>
      run(() => {
        const list = open(name);
        const found = list && blocks.find(list.id, id);
        const row = found && blocks.read(list.id, found.number)?.rows[found.slot];
        return row === undefined ? undefined : toMember(id, row, list?.columns ?? []);
      }),
    *lastNamed(name) {
      const list = run(() => open(name));
      if (list) yield* lastNamed(database, blocks, list.id);
    },
    erase: (id, at, traces) =>
      run(() => erasePerson({ database, blocks, records, suppression }, id, at, traces)),
    remove: (name, ids) =>
      run(() => {
        const list = open(name);
        return list ? removePeople({ database, blocks }, list.id, ids) : 0;
      }),
    evidence: (name, id) =>
      run(() => {
        const list = open(name);
        return list ? evidenceOf(database, blocks, records.of(list.id), { list: list.id, id }) : [];
      }),
    beginImport: (list, columns, facts) =>
      run(() => beginImport({ database, blocks, records, clientKey, client }, list, columns, facts)),
    close() {
      if (database.isOpen) database.close();
    },
  };
}
