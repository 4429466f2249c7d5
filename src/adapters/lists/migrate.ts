import type { DatabaseSync } from 'node:sqlite';
import { BLOCK, ID_BYTES } from '../../audience/id-index.ts';
import type { ImportRecord } from '../../audience/list-store.ts';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { leaveNoTrace } from '../sqlite/leave-no-trace.ts';
import { inTransaction } from '../sqlite/transaction.ts';
import { sealedBlocks } from './blocks.ts';
import { importRecords } from './import-records.ts';
import { insertLines } from './named-lines.ts';
import { CELL } from './row-text.ts';
import { createSealedTables, SCHEMA_VERSION, schemaVersion, setVersion } from './schema.ts';
import { createSealer } from './sealer.ts';
import { sqliteSuppression } from './sqlite-suppression.ts';

/** Lists that an earlier sec kept as plain rows. */
export const PLAIN_VERSION = 2;
/** Everything is sealed, and what was plain is perhaps still in free pages of the file. */
export const UNCLEAN_VERSION = 102;

/**
 * Seals lists that an earlier sec kept as plain rows, once and in one transaction, and then writes the file anew, so that
 * no plain byte is left in it. A run that dies in between is continued by the next.
 *
 * @throws SQLite's own error where somebody else uses the file
 */
export function sealPlainLists(database: DatabaseSync, clientKey: ClientKey, client: string): void {
  if (schemaVersion(database) === PLAIN_VERSION)
    inTransaction(database, () => {
      if (schemaVersion(database) === PLAIN_VERSION) sealAll(database, clientKey, client);
    });
  if (schemaVersion(database) !== UNCLEAN_VERSION) return;
  leaveNoTrace(database);
  setVersion(database, SCHEMA_VERSION);
}

function sealAll(database: DatabaseSync, clientKey: ClientKey, client: string): void {
  const sealer = createSealer(clientKey, client);
  database.exec('ALTER TABLE import RENAME TO plain_import');
  database.exec('ALTER TABLE suppression RENAME TO plain_suppression');
  createSealedTables(database);
  const records = importRecords(database, sealer);
  for (const row of database.prepare('SELECT * FROM plain_import').all()) {
    const { id, list, at, counts, sha256, ...facts } = row;
    records.begin(Number(list), { ...plainFacts(facts), at: Temporal.Instant.from(String(at)) }, Number(id));
    records.finish(Number(id), { sha256: String(sha256), counts: JSON.parse(String(counts)) });
  }
  const suppression = sqliteSuppression(database, sealer, client);
  for (const { id, at, reason } of database.prepare('SELECT * FROM plain_suppression').iterate())
    suppression.add(
      String(id),
      Temporal.Instant.from(String(at)),
      reason === null ? undefined : String(reason),
    );
  const blocks = sealedBlocks(database, sealer);
  const insert = insertLines(database);
  for (const { id } of database.prepare('SELECT id FROM list').all())
    for (const { lines, ...block } of plainBlocks(database, Number(id))) {
      blocks.write(Number(id), block);
      for (const [importId, some] of lines) insert(Number(id), block.number, importId, some);
    }
  database.exec(
    `DROP TABLE evidence; DROP TABLE recipient; DROP TABLE plain_import; DROP TABLE plain_suppression;
     DROP TABLE IF EXISTS shared; DROP TABLE IF EXISTS untold;`,
  );
  setVersion(database, UNCLEAN_VERSION);
}

type PlainFacts = Omit<ImportRecord, 'at' | 'sha256' | 'counts'>;

const plainFacts = (row: Record<string, unknown>): PlainFacts => ({
  file: String(row.file),
  delimiter: String(row.delimiter),
  basis: row.basis === 'consent' ? 'consent' : 'customer',
  ...(row.source === null ? {} : { source: String(row.source) }),
  ...(row.wording === null ? {} : { wording: String(row.wording) }),
});

/** The people of one list, block by block, and for each import on which lines it named them. */
function* plainBlocks(database: DatabaseSync, list: number) {
  const some = database.prepare(
    `SELECT position, id, address, language, cells, import, line FROM recipient
     WHERE list = ? AND position > ? ORDER BY position LIMIT ${BLOCK}`,
  );
  const evidence = database.prepare('SELECT import, line FROM evidence WHERE recipient = ?');
  let last = -1;
  for (let number = 0; ; number++) {
    const people = some.all(list, last);
    if (people.length === 0) return;
    last = Number(people.at(-1)?.position);
    const ids = Buffer.alloc(people.length * ID_BYTES);
    const lines = new Map<number, Uint32Array>();
    for (const [slot, person] of people.entries()) {
      ids.write(String(person.id), slot * ID_BYTES, 'latin1');
      for (const said of [person, ...evidence.all(person.position ?? null)]) {
        const importId = Number(said.import);
        const there = lines.get(importId) ?? new Uint32Array(BLOCK);
        lines.set(importId, there);
        there[slot] = Number(said.line);
      }
    }
    const rows = people.map(({ address, language, cells }) => plainRow(address, language, cells));
    yield { number, ids, rows, lines };
  }
}

/** Version 2 joined cells by the same sign as rows are today; of no cells it kept an empty text. */
const plainRow = (address: unknown, language: unknown, cells: unknown) =>
  [address, language ?? '', ...(cells === '' ? [] : [cells])].join(CELL);
