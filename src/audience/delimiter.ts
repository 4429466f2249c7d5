export type Delimiter = ',' | ';' | '\t' | '|';

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
const excelHint = /^sep=([,;\t|])\r?\n/i;

export interface Head {
  readonly delimiter: Delimiter;
  /** Characters to leave out before the header: Excel's line `sep=;`. */
  readonly skip: number;
}

/**
 * What separates the cells, from the beginning of a file: the sign that the header line has most of, outside
 * quotes. A header of one column has none; then it is a comma.
 */
export function detectDelimiter(head: string): Head {
  const hint = excelHint.exec(head);
  if (hint) return { delimiter: hint[1] as Delimiter, skip: hint[0].length };
  const counts = countOutsideQuotes(firstLine(head));
  const most = Math.max(...counts);
  return { delimiter: delimiters[most > 0 ? counts.indexOf(most) : 0] ?? ',', skip: 0 };
}

/** Whether `head` holds the whole header line, so that it can be judged. */
export function hasHeaderLine(head: string): boolean {
  const rest = head.replace(excelHint, '').trimStart();
  return firstLine(rest).length < rest.length;
}

/** The first line with something in it; a line break inside quotes does not end it. */
function firstLine(text: string): string {
  const start = text.search(/[^\r\n]/);
  if (start < 0) return '';
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\n' || sign === '\r')) return text.slice(start, at);
  }
  return text.slice(start);
}

function countOutsideQuotes(line: string): number[] {
  const bare = line.replace(/"[^"]*"/g, '');
  return delimiters.map((delimiter) => bare.split(delimiter).length - 1);
}
