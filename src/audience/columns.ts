import { fail } from '../core/errors/index.ts';
import { nearNames } from '../core/near.ts';
import type { CsvRow } from './csv-table.ts';
import { fieldName } from './field-name.ts';
import { isRejectHeader } from './reject-line.ts';
import { knownField } from './synonyms.ts';

/** What a person said about columns with --map: the column's header → its field, or `-` to leave it out. */
export type ColumnMap = ReadonlyMap<string, string>;

/** Which cell of a row holds what. */
export interface Columns {
  /** How many cells a whole row has. */
  readonly width: number;
  readonly email: number;
  /** The merge fields in the file's order; the address is not among them. */
  readonly fields: readonly { readonly name: string; readonly at: number }[];
  /** Which of the fields is the language, where one is. */
  readonly language?: number;
  /** Headers whose cells are not taken over: mapped to `-`, without a name, or sec's own in a reject file. */
  readonly leftOut: readonly string[];
}

/** Fields that sec adds to every message by itself. */
const reserved = new Set(['unsubscribe_url']);
const LEFT_OUT = '-';

/** Reads `--map column=field` words. @throws CSV_MAP_INVALID */
export function parseColumnMap(maps: readonly string[]): ColumnMap {
  const columns = new Map<string, string>();
  for (const map of maps) {
    const at = map.lastIndexOf('=');
    const column = map.slice(0, Math.max(at, 0)).trim();
    const written = map.slice(at + 1).trim();
    if (at < 0 || column === '' || written === '')
      throw fail('CSV_MAP_INVALID', { map, problem: 'there must be a column, an = and a field' });
    const field = written === LEFT_OUT ? LEFT_OUT : fieldName(written);
    if (field === '') throw fail('CSV_MAP_INVALID', { map, problem: 'the field needs a letter or a digit' });
    if (columns.has(column))
      throw fail('CSV_MAP_INVALID', { map, problem: 'the same column was given twice' });
    columns.set(column, field);
  }
  return columns;
}

/**
 * Finds out what the columns of a file mean: what --map says, else a known header in English or Latvian, else
 * the header itself in snake_case.
 *
 * @throws CSV_BROKEN, CSV_NO_ADDRESS_COLUMN, CSV_HEADER_TWICE, CSV_HEADER_RESERVED, CSV_MAP_UNKNOWN
 */
export function readColumns(file: string, header: CsvRow, map: ColumnMap): Columns {
  if (header.cells.some((cell) => /[\r\n]/.test(cell) && holdsAddress(cell)))
    throw fail('CSV_BROKEN', {
      file,
      line: header.line,
      problem:
        'a quotation mark opens in the line of headers and is not closed there, so that rows run into it',
    });
  const headers = header.cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
  const named = headers.filter((name) => name !== '');
  const own = isRejectHeader(headers) ? 2 : 0;
  const wanted = matchMap(file, headers, map);
  const fields = headers.map((name, at) => (at < own ? LEFT_OUT : (wanted.get(at) ?? meaning(name))));
  const places = Map.groupBy(fields.keys(), (at) => fields[at] ?? '');
  for (const [field, [first = 0, ...more]] of places) {
    if (field === LEFT_OUT) continue;
    if (more.length > 0)
      throw fail('CSV_HEADER_TWICE', {
        file,
        field,
        headers: [first, ...more].map((at) => shown(headers[at] ?? '')),
      });
    if (reserved.has(field))
      throw fail('CSV_HEADER_RESERVED', { file, header: shown(headers[first] ?? ''), field });
  }
  const email = fields.indexOf('email');
  if (email < 0) {
    const looksLikeData = named.some(holdsAddress);
    // What stands in a first line without headers is a person's data, which no error may repeat.
    const separator = named.length === 1 ? strangeSeparator(named[0] ?? '') : undefined;
    throw fail('CSV_NO_ADDRESS_COLUMN', {
      file,
      headers: looksLikeData ? [] : named,
      looksLikeData,
      ...(separator === undefined ? {} : { separator }),
    });
  }
  const kept = [...fields.entries()]
    .filter(([at, field]) => at !== email && field !== LEFT_OUT)
    .map(([at, name]) => ({ name, at }));
  const language = kept.findIndex(({ name }) => name === 'language');
  return {
    width: headers.length,
    email,
    fields: kept,
    ...(language < 0 ? {} : { language }),
    leftOut: [...fields.entries()]
      .filter(([at, field]) => at >= own && field === LEFT_OUT)
      .map(([at]) => headers[at] ?? ''),
  };
}

/** An address, or what is left of one that broke off before or behind its @. */
const holdsAddress = (header: string) => /\S@|@\S/.test(header);

/** A header as an error may repeat it: without what is perhaps a person's address. */
export const shown = (header: string): string => (holdsAddress(header) ? '…' : header);

/** What separates the cells of a file that sec sees one column in: what its first line says, or what would make sense. */
function strangeSeparator(header: string): string | undefined {
  const [, said] = /^sep=(.)$/i.exec(header) ?? [];
  if (said !== undefined) return said;
  return [':', '#', '~', '^', '*', '/', '\u00a6', '\u2022'].find((sign) =>
    header.split(sign).some((name) => name !== header && knownField(name) === 'email'),
  );
}

const meaning = (header: string) => knownField(header) ?? (fieldName(header) || LEFT_OUT);

/** The mapped columns by place. A column is named by its header, letter by letter or as a field would be. */
function matchMap(file: string, headers: readonly string[], map: ColumnMap): Map<number, string> {
  const places = new Map<number, string>();
  for (const [column, field] of map) {
    const exact = headers.indexOf(column);
    const at = exact >= 0 ? exact : headers.findIndex((name) => fieldName(name) === fieldName(column));
    if (at < 0 || (fieldName(column) === '' && exact < 0))
      throw fail('CSV_MAP_UNKNOWN', {
        file,
        column,
        headers: headers.map(shown),
        near: nearNames(column, headers.map(shown)),
      });
    places.set(at, field);
  }
  return places;
}
