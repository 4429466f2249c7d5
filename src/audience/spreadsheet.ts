/**
 * A cell, or a line in it, that a spreadsheet would take for a formula (OWASP, "CSV Injection"): it starts with
 * = + - @ tab or CR, blanks before it or not. Apostrophes before it count as well, so that `asWritten` can
 * take off exactly what `safeCell` put on.
 */
const formula = /^'*[^\S\t\r\n]*[=+\-@\t\r]/m;

/** A cell that every spreadsheet shows as text: an apostrophe before what it would calculate. */
export function safeCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The cell without the apostrophe of `safeCell`, or of a person who typed one to have plain text. */
export function asWritten(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}

/** One line of a CSV file (RFC 4180), every cell safe to open in a spreadsheet. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  return `${cells.map((cell) => quoted(safeCell(cell), delimiter)).join(delimiter)}\r\n`;
}

function quoted(cell: string, delimiter: string): string {
  const needed = cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell);
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}
