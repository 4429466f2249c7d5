import type { Member } from '../../audience/list-store.ts';
import type { Person } from '../../audience/person.ts';

/** Stands between the cells of a row: a control character, which no cell of a list may hold. */
export const CELL = '\x1f';
const ROW = '\x1e';

/** Stands where somebody was who is gone: their place is nobody else's. */
export const NOBODY = '';

/** One person as a text: address, language or nothing, then the cells. */
export function rowText({ address, language, cells }: Person): string {
  // Put together piece by piece, which V8 does without copying.
  let text = address.mailbox + CELL + (language ?? '');
  for (const cell of cells) text += CELL + cell;
  return text;
}

export const joinRows = (rows: readonly string[]): string => rows.join(ROW);

export const splitRows = (text: string): string[] => text.split(ROW);

/** What is stored of somebody, taken apart. */
interface StoredRow {
  readonly address: string;
  readonly language: string;
  readonly cells: readonly string[];
}

const joinRow = ({ address, language, cells }: StoredRow) => [address, language, ...cells].join(CELL);

function splitRow(row: string): StoredRow {
  const [address = '', language = '', ...cells] = row.split(CELL);
  return { address, language, cells };
}

/** Somebody on a list. Columns that came to the list after they were last named are missing. */
export function toMember(id: string, row: string, columns: readonly string[]): Member {
  const { address, language, cells } = splitRow(row);
  const fields: Record<string, string> = {};
  for (const [at, text] of cells.entries()) fields[columns[at] ?? ''] = text;
  return language === '' ? { id, address, fields } : { id, address, fields, language };
}

/** How the rows of a file come into the list's. */
export interface Arrangement {
  /** For each field of the file, its place among the list's columns. */
  readonly places: readonly number[];
  /** How many columns the list has. */
  readonly width: number;
  /** Whether the file says which language somebody speaks. */
  readonly hasLanguage: boolean;
}

/** Brings the rows of a file into the list's order of columns; what the file does not speak of stays as it was. */
export function arranger({ places, width, hasLanguage }: Arrangement) {
  const inOrder = places.length === width && places.every((place, at) => place === at);
  const arrange = (cells: readonly string[], before: readonly string[]) => {
    const arranged = Array.from({ length: width }, (_, at) => before[at] ?? '');
    for (const [n, at] of places.entries()) arranged[at] = cells[n] ?? '';
    return arranged;
  };
  return {
    /** The row of somebody new. */
    added(row: string): string {
      if (inOrder) return row;
      const { cells, ...person } = splitRow(row);
      return joinRow({ ...person, cells: arrange(cells, []) });
    },
    /** The row of somebody who was there; undefined where the file says nothing new. */
    updated(stored: string, row: string): string | undefined {
      if (stored === row && inOrder) return undefined;
      const [before, now] = [splitRow(stored), splitRow(row)];
      const language = hasLanguage ? now.language : before.language;
      const merged = joinRow({ address: now.address, language, cells: arrange(now.cells, before.cells) });
      const padded = Array.from({ length: width }, (_, at) => before.cells[at] ?? '');
      return merged === joinRow({ ...before, cells: padded }) ? undefined : merged;
    },
  };
}

/** Whether a row is of the person with this address. */
export const isRowOf = (row: string, mailbox: string): boolean =>
  row.startsWith(mailbox) && row[mailbox.length] === CELL;

/** The cells alone, in which a person's words may name somebody else; from where they begin. */
export function cellsStart(row: string): number {
  const language = row.indexOf(CELL) + 1;
  const cells = row.indexOf(CELL, language);
  return cells < 0 ? row.length : cells;
}
