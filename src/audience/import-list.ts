import { fail } from '../core/errors/index.ts';
import { step, tick, type Work } from '../core/progress.ts';
import { type AddressNote, addressNotes } from './address-notes.ts';
import type { Basis } from './audience.ts';
import type { ColumnMap, Columns } from './columns.ts';
import type { CsvFile } from './csv-file.ts';
import {
  countsOf,
  type ImportCounts,
  type Outcomes,
  outcomeCounter,
  type RowOutcome,
} from './import-counts.ts';
import type { Identified, ImportTransaction, ListStore } from './list-store.ts';
import { openPeople, type PeopleFile } from './people.ts';
import { rejectLog } from './reject-log.ts';
import type { RejectSink } from './reject-sink.ts';
import { createSuppression, type SuppressedStore } from './suppression.ts';

export interface ImportOptions {
  readonly list: string;
  readonly basis: Basis;
  readonly source?: string;
  readonly wording?: string;
  readonly map: ColumnMap;
  readonly store: ListStore;
  /** Whom the office suppresses for all of its clients. */
  readonly office?: SuppressedStore | undefined;
  readonly rejects: RejectSink;
  readonly at: Temporal.Instant;
  readonly signal: AbortSignal;
}

/** An import that is worked out to its last row and not yet done: one of the two functions ends it. */
export interface PreparedImport {
  readonly counts: ImportCounts;
  /** How many rows came to each end, and the lines of the first of them. */
  readonly outcomes: Outcomes<RowOutcome>;
  /** As messages call the file: never with the folders of the machine before it. */
  readonly file: string;
  readonly columns: Columns;
  readonly delimiter: string;
  readonly encoding: string;
  /** The first rejected rows; without their cells, which are nobody's business in a log. */
  readonly firstRejects: readonly { readonly line: number; readonly reason: string }[];
  /** What to think about before these addresses are written to, with the first line of each. */
  readonly notes: readonly AddressNote<number>[];
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
    const left = outcomeCounter(['suppressed', 'rejected']);
    const isSuppressed = suppressedNow(options);
    const notes = addressNotes<number>();
    let rows = 0;
    for await (const batch of people.rows) {
      const taken: Identified[] = [];
      for (const row of batch) {
        if (row.kind === 'rejected') {
          log.add(row.reject);
          left.add('rejected', row.reject.line);
          continue;
        }
        const { address, line } = row.person;
        const one = begun.identify(row.person);
        if (isSuppressed(address.key, one.id)) {
          left.add('suppressed', line);
          continue;
        }
        notes.see(address.mailbox, address.domain, line);
        taken.push(one);
      }
      begun.put(taken);
      if (signal.aborted) throw fail('CANCELLED', { state: 'The list was left as it was.' });
      rows += batch.length;
      yield tick(rows);
    }
    const outcomes = { ...begun.finish(), ...left.outcomes() };
    const counts = countsOf(outcomes);
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
      outcomes,
      file: file.name,
      columns: people.columns,
      delimiter: people.delimiter,
      encoding: file.encoding,
      firstRejects: log.first,
      notes: notes.notes(),
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
  const { store, list, at, basis, source, wording } = options;
  return store.beginImport(
    list,
    columns.fields.map(({ name }) => name),
    {
      at,
      file: file.name,
      delimiter,
      basis,
      ...(source === undefined ? {} : { source }),
      ...(wording === undefined ? {} : { wording }),
    },
  );
}

/** While the import runs nobody else writes to the client's lists: where nobody is suppressed, nobody will be. */
function suppressedNow({ store, office }: ImportOptions) {
  if (store.suppression.count() === 0 && !office?.suppression.count()) return () => false;
  return createSuppression(store, office).isSuppressed;
}
