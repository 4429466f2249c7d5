import { CsvError, type Parser, parse } from 'csv-parse';
import { fail } from '../core/errors/index.ts';
import type { CsvFile } from './csv-file.ts';
import { type Delimiter, detectDelimiter, hasHeaderLine } from './delimiter.ts';

/** One row as it stands in the file. */
export interface CsvRow {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Line breaks inside its cells, where there are any. */
  readonly breaks?: number;
}

export interface CsvTable {
  readonly delimiter: Delimiter;
  readonly header: CsvRow;
  /** The rows below the header, many at a time; blank ones are left out. Can be read once. */
  readonly batches: AsyncIterable<readonly CsvRow[]>;
  /** Lets go of the file where the rows are not read to their end. */
  close(): Promise<void>;
}

/** Longest row, in bytes. A longer one is a quotation mark that was never closed, or no list. */
export const MAX_ROW_BYTES = 1_000_000;
const MAX_HEADER_BYTES = 65_536;
/** As much is taken apart at once: what lives at the same time is short-lived then, and memory stays small. */
const TOGETHER_BYTES = 16_384;

/**
 * Reads a CSV file as a stream: memory stays the same however long it is.
 *
 * @throws CSV_EMPTY, CSV_BROKEN; the batches throw CSV_BROKEN too
 */
export async function readTable(file: CsvFile): Promise<CsvTable> {
  const chunks = file.chunks()[Symbol.asyncIterator]();
  const opening: Uint8Array[] = [];
  let head = '';
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    opening.push(next.value);
    head = new TextDecoder().decode(Buffer.concat(opening));
    if (hasHeaderLine(head) || head.length > MAX_HEADER_BYTES) break;
  }
  const { delimiter, skip } = detectDelimiter(head);
  const start = Buffer.concat(opening).subarray(skip);
  const batches = parseRows(file.name, delimiter, skip > 0 ? 2 : 1, chain(start, chunks));
  const first = await batches.next();
  const [header, ...rest] = first.done ? [] : first.value;
  if (!header) throw fail('CSV_EMPTY', { file: file.name, headers: [] });
  return {
    delimiter,
    header,
    batches: prepend(rest, batches),
    close: async () => void (await batches.return(undefined)),
  };
}

async function* parseRows(
  file: string,
  delimiter: Delimiter,
  firstLine: number,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<CsvRow[]> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_BYTES,
  });
  parser.on('error', () => {});
  let line = firstLine;
  const number = (records: string[][]) => {
    const rows: CsvRow[] = [];
    for (const cells of records) {
      const breaks = lineBreaks(cells);
      if (cells.some((cell) => cell.trim() !== ''))
        rows.push(breaks === 0 ? { line, cells } : { line, cells, breaks });
      line += 1 + breaks;
    }
    return rows;
  };
  try {
    for await (const chunk of chunks)
      for (let at = 0; at < chunk.length; at += TOGETHER_BYTES) {
        parser.write(chunk.subarray(at, at + TOGETHER_BYTES));
        if (parser.errored) throw parser.errored;
        const rows = number(readAll(parser));
        if (rows.length > 0) yield rows;
      }
    parser.end();
    const last: string[][] = [];
    for await (const record of parser) last.push(record);
    const rows = number(last);
    if (rows.length > 0) yield rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fail('CSV_BROKEN', { file, line, problem: plainProblem(error) }, error);
  } finally {
    parser.destroy();
  }
}

function readAll(parser: Parser): string[][] {
  const records: string[][] = [];
  for (let record = parser.read(); record !== null; record = parser.read()) records.push(record);
  return records;
}

function lineBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return breaks;
}

function plainProblem({ code }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return 'a quotation mark opens on this line or soon after, and is never closed';
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `the row that begins here is larger than ${MAX_ROW_BYTES / 1_000_000} MB; most often a quotation mark is never closed`;
  return 'the row that begins here cannot be taken apart into cells';
}

async function* chain(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* prepend<T>(first: T[], rest: AsyncIterable<T[]>): AsyncGenerator<T[]> {
  if (first.length > 0) yield first;
  yield* rest;
}
