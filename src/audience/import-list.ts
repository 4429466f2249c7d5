import { fail } from '../core/errors/index.ts';
import { step, tick, type Work } from '../core/progress.ts';
import type { Basis } from './audience.ts';
import type { ColumnMap, Columns } from './columns.ts';
import type { CsvFile } from './csv-file.ts';
import { type ImportCounts, type RowOutcome, rowCounter } from './import-counts.ts';
import type { ImportTransaction, ListStore } from './list-store.ts';
import { openPeople, type PeopleFile } from './people.ts';
import type { ReadRow } from './person.ts';
import { recipientId } from './recipient-id.ts';
import { type RejectLog, rejectLog } from './reject-log.ts';
import type { RejectSink } from './reject-sink.ts';

export interface ImportOptions {
  readonly list: string;
  readonly basis: Basis;
  readonly source?: string;
  readonly map: ColumnMap;
  readonly store: ListStore;
  readonly rejects: RejectSink;
  readonly at: Temporal.Instant;
  readonly signal: AbortSignal;
}

/** An import that is worked out to its last row and not yet done: one of the two functions ends it. */
export interface PreparedImport {
  readonly counts: ImportCounts;
  readonly columns: Columns;
  readonly delimiter: string;
  readonly encoding: string;
  /** The first rejected rows; without their cells, which are nobody's business in a log. */
  readonly firstRejects: readonly { readonly line: number; readonly reason: string }[];
  /** Makes it so, in one step. @returns the path of the reject file, or null where no row was rejected */
  commit(): string | null;
  /** Leaves everything as it was; after `commit` it does nothing. */
  discard(): void;
}

/**
 * Reads a list file into one transaction. Every row comes to one of six ends (`ImportCounts`), and nobody sees
 * anything of it before `commit`; a failure or a cancellation leaves the list as it was.
 *
 * @throws what `openPeople` throws, LISTS_BUSY, LIST_NOTHING_IMPORTED, CANCELLED
 */
export async function* prepareImport(file: CsvFile, options: ImportOptions): Work<PreparedImport> {
  const { rejects, signal } = options;
  yield step(`Reading ${file.name}`);
  const people = await openPeople(file, options.map);
  const log = rejectLog(rejects, people.header, people.delimiter);
  let transaction: ImportTransaction | undefined;
  const discard = () => {
    transaction?.rollback();
    rejects.discard();
  };
  let prepared = false;
  try {
    const begun = begin(file, people, options);
    transaction = begun;
    const counter = rowCounter();
    for await (const batch of people.rows) {
      for (const row of batch) counter.add(take(row, begun, log, options.store));
      if (signal.aborted) throw fail('CANCELLED', { state: 'The list was left as it was.' });
      yield tick(counter.counts().rows);
    }
    const counts = counter.counts();
    if (counts.rejected === counts.rows) {
      throw fail('LIST_NOTHING_IMPORTED', {
        file: file.name,
        rows: counts.rows,
        rejects: rejects.keep(),
        reasons: log.topReasons(),
      });
    }
    const sha256 = file.digest();
    prepared = true;
    return {
      counts,
      columns: people.columns,
      delimiter: people.delimiter,
      encoding: file.encoding,
      firstRejects: log.first,
      commit() {
        const kept = rejects.keep();
        begun.commit({ sha256, counts });
        return kept;
      },
      discard,
    };
  } finally {
    await people.close();
    if (!prepared) discard();
  }
}

function begin(file: CsvFile, { columns, delimiter }: PeopleFile, options: ImportOptions): ImportTransaction {
  const { store, list, at, basis, source } = options;
  return store.beginImport(
    list,
    columns.fields.map(({ name }) => name),
    { at, file: file.name, delimiter, basis, ...(source === undefined ? {} : { source }) },
  );
}

function take(row: ReadRow, transaction: ImportTransaction, log: RejectLog, store: ListStore): RowOutcome {
  if (row.kind === 'rejected') {
    log.add(row.reject);
    return 'rejected';
  }
  const id = recipientId(store.clientKey, row.person.address.key);
  return store.suppression.has(id) ? 'suppressed' : transaction.put(id, row.person);
}
