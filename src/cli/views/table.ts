import { stripVTControlCharacters } from 'node:util';

/** Rows as aligned columns, two spaces apart. Widths count characters, not escape codes. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [n, cell] of row.entries()) widths[n] = Math.max(widths[n] ?? 0, width(cell));
  const line = (row: readonly string[]) =>
    row
      .map((cell, n) => (n === row.length - 1 ? cell : cell + ' '.repeat((widths[n] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

const width = (text: string) => [...stripVTControlCharacters(text)].length;
