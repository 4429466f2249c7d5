import { type EmailAddress, parseEmailAddress } from '../core/email-address.ts';
import type { Columns } from './columns.ts';
import type { CsvRow } from './csv-table.ts';
import { readLanguage } from './language.ts';
import type { Reject } from './reject-line.ts';
import { asWritten } from './spreadsheet.ts';

/** One row that can be written to, before it is known whether it may be. */
export interface Person {
  readonly line: number;
  readonly address: EmailAddress;
  /** One for each of the file's fields, in their order. None holds a control character but tab and line breaks. */
  readonly cells: readonly string[];
  readonly language?: string;
}

export type ReadRow =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'rejected'; readonly reject: Reject };

/** Longest cell, in characters: more is no name and no note, but a file gone wrong. */
const MAX_CELL = 10_000;

/**
 * Reads one row: blanks around each cell go, letters are brought to one form (NFC), and a row that cannot be
 * trusted is rejected with its reason instead of guessed at.
 */
export function readRow(row: CsvRow, columns: Columns, delimiter: string): ReadRow {
  const broken = brokenShape(row, columns.width, delimiter);
  if (broken !== undefined) return rejected(row, broken);
  const parsed = parseEmailAddress(asWritten(row.cells[columns.email] ?? ''));
  if (!parsed.ok) return rejected(row, otherSeparator(row.cells) ?? parsed.reason);
  const cells: string[] = [];
  for (const { name, at } of columns.fields) {
    const cell = row.cells[at] ?? '';
    if (plain.test(cell)) {
      cells.push(cell);
      continue;
    }
    const text = cleanCell(cell);
    if (forbidden.test(text)) return rejected(row, `the cell "${name}" contains a control character`);
    cells.push(text);
  }
  const spoken = columns.language === undefined ? '' : (cells[columns.language] ?? '');
  const language = spoken === '' ? undefined : readLanguage(spoken);
  const person = { line: row.line, address: parsed.address, cells };
  return { kind: 'person', person: language === undefined ? person : { ...person, language } };
}

// What most cells are: ASCII without blanks at either end. There is nothing to clean or to refuse in it.
const plain = /^(?:[!-&(-~](?:[ -~]*[!-~])?)?$/;
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
const rejected = (row: CsvRow, reason: string): ReadRow => ({ kind: 'rejected', reject: { ...row, reason } });
const cleanCell = (cell: string) => asWritten(cell).trim().normalize('NFC');

function brokenShape({ cells, breaks }: CsvRow, width: number, delimiter: string): string | undefined {
  for (const cell of cells) {
    if (cell.length > MAX_CELL) return `a cell is longer than ${MAX_CELL} characters`;
    if (breaks !== undefined && /[\r\n]/.test(cell) && swallowsRows(cell, delimiter))
      return 'a quotation mark opens here and is not closed where it should be, so that rows run into one another';
  }
  if (cells.length < width) return `the row has ${cells.length} cells, the header has ${width}`;
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
    return `the row has ${cells.length} cells, the header has ${width}; perhaps a cell with "${delimiter}" in it lacks its quotation marks`;
  return undefined;
}

/** A row of one cell that seems to be several: its header has one column, and what separates its cells is unknown. */
function otherSeparator(cells: readonly string[]): string | undefined {
  const [, sign] = cells.length === 1 ? (/@[^,;|\t]*([,;|\t])/.exec(cells[0] ?? '') ?? []) : [];
  if (sign === undefined) return undefined;
  const name = sign === '\t' ? 'a tab' : `"${sign}"`;
  return `the row seems to have several cells separated by ${name}, and the header has one only`;
}

/** Whether a cell of several lines holds what looks like whole rows: they would be people lost without a word. */
function swallowsRows(cell: string, delimiter: string): boolean {
  if (cell.startsWith('"')) return true;
  const [, ...further] = cell.split(/\r\n|\r|\n/);
  return further.some((line) => line.includes('@') && line.includes(delimiter));
}
