const SEPARATOR = '\x1f'; // a control character, which no cell of a list may hold

export const joinCells = (cells: readonly string[]): string => cells.join(SEPARATOR);

export const splitCells = (joined: string): string[] => joined.split(SEPARATOR);

/** The cells by their columns. Columns that came to the list later are missing. */
export function fieldsOf(joined: string, columns: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  if (columns.length === 0) return fields;
  for (const [at, text] of splitCells(joined).entries()) fields[columns[at] ?? ''] = text;
  return fields;
}

/**
 * Puts the cells of a file into the places of the list's columns.
 *
 * @param places for each of the file's fields, its place among the list's columns
 */
export function arrange(
  cells: readonly string[],
  places: readonly number[],
  before: readonly string[],
  width: number,
): string[] {
  const arranged = Array.from({ length: width }, (_, at) => before[at] ?? '');
  for (const [n, at] of places.entries()) arranged[at] = cells[n] ?? '';
  return arranged;
}
