import { fail } from '../core/errors/index.ts';
import { type ColumnMap, type Columns, readColumns, shown } from './columns.ts';
import type { CsvFile } from './csv-file.ts';
import { readTable } from './csv-table.ts';
import type { Delimiter } from './delimiter.ts';
import { type ReadRow, readRow } from './person.ts';

/** A list file whose columns are understood. */
export interface PeopleFile {
  readonly delimiter: Delimiter;
  /** The header as it stands in the file. */
  readonly header: readonly string[];
  readonly columns: Columns;
  /** Every row that is not blank, in the file's order, many at a time. Can be read once. */
  readonly rows: AsyncIterable<readonly ReadRow[]>;
  /** Lets go of the file where the rows are not read to their end. */
  close(): Promise<void>;
}

/**
 * Opens a list file: finds its delimiter and the meaning of its columns, and reads its rows as a stream.
 *
 * @throws CSV_EMPTY, CSV_BROKEN, CSV_NO_ADDRESS_COLUMN, CSV_HEADER_TWICE, CSV_HEADER_RESERVED, CSV_MAP_UNKNOWN;
 *   the rows throw CSV_BROKEN, and CSV_EMPTY where there is none below the header
 */
export async function openPeople(file: CsvFile, map: ColumnMap): Promise<PeopleFile> {
  const { delimiter, header, batches, close } = await readTable(file);
  const columns = await closingOnError(close, () => readColumns(file.name, header, map));
  async function* rows() {
    let any = false;
    for await (const batch of batches) {
      any = true;
      yield batch.map((row) => readRow(row, columns, delimiter));
    }
    if (!any) throw fail('CSV_EMPTY', { file: file.name, headers: header.cells.map(shown) });
  }
  return { delimiter, header: header.cells, columns, rows: rows(), close };
}

async function closingOnError<T>(close: () => Promise<void>, run: () => T): Promise<T> {
  try {
    return run();
  } catch (error) {
    await close();
    throw error;
  }
}
