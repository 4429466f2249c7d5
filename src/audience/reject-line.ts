import type { CsvRow } from './csv-table.ts';
import { asWritten, csvLine } from './spreadsheet.ts';

/** A row that could not be taken over, and why in plain words. */
export interface Reject extends CsvRow {
  readonly reason: string;
}

const ownHeaders = ['line', 'reason'] as const;

/** Whether these are the headers of a reject file: its first two columns are sec's and not the list's. */
export function isRejectHeader(headers: readonly string[]): boolean {
  return headers.length > ownHeaders.length && ownHeaders.every((name, at) => headers[at] === name);
}

/** The first line of a reject file for a list file with this header. */
export function rejectHeader(header: readonly string[], delimiter: string): string {
  return csvLine([...ownHeaders, ...withoutOwn(header, header)], delimiter);
}

/** One rejected row with the cells as they stood in the file, ready to be corrected and imported again. */
export function rejectLine(
  { line, reason, cells }: Reject,
  header: readonly string[],
  delimiter: string,
): string {
  return csvLine([String(line), reason, ...withoutOwn(header, cells).map(asWritten)], delimiter);
}

/** A reject file that is imported again has the two columns already; its new reject file gets new ones. */
const withoutOwn = (header: readonly string[], cells: readonly string[]) =>
  isRejectHeader(header) ? cells.slice(ownHeaders.length) : cells;
