const blank = "[ \\u00a0\\u202f']";
const numbers = [
  /^[+-]?\d+$/,
  /^[+-]?\d*[.,]\d+$/,
  new RegExp(`^[+-]?\\d{1,3}(?:${blank}\\d{3})+(?:[.,]\\d+)?$`),
  /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/,
  /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/,
];
// A thousand and more in one country, one and a bit in the other.
const ambiguous = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * The number in a cell as people and programs write it: `12`, `12.5`, `12,5`, `1 234,50`, `€ 12`. Undefined for
 * what is none, and for `1,234`, of which nobody can tell whether it is one or a thousand.
 */
export function readNumber(cell: string): number | undefined {
  const text = withoutCurrency(cell).replace('−', '-');
  if (ambiguous.test(text) || !numbers.some((form) => form.test(text))) return undefined;
  const sign = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const digits = (part: string) => part.replace(/[^\d+-]/g, '');
  return Number(sign < 0 ? digits(text) : `${digits(text.slice(0, sign))}.${text.slice(sign + 1)}`);
}

function withoutCurrency(cell: string): string {
  const behind = cell.replace(/^(?:€|eur)/i, '');
  const text = behind === cell ? cell : behind.trimStart();
  const before = text.replace(/(?:€|eur)$/i, '');
  return before === text ? text : before.trimEnd();
}

const yearFirst = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})\.?(?:[T ]\d{1,2}:.*)?$/;
const dayFirst = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?(?: \d{1,2}:.*)?$/;

/**
 * The day in a cell: `2026-11-21`, also with a time behind it, or `21.11.2026`. Undefined for what is none, and for
 * days with strokes such as `03/04/2026`, which mean two days in two countries.
 */
export function readDay(cell: string): Temporal.PlainDate | undefined {
  const [, year, , month, day] = yearFirst.exec(cell) ?? [];
  if (year !== undefined) return validDay(year, month, day);
  const [, first, second, third] = dayFirst.exec(cell) ?? [];
  return third === undefined ? undefined : validDay(third, second, first);
}

function validDay(year: string, month = '', day = ''): Temporal.PlainDate | undefined {
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(parts, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', '+', 'jā', 'ja', 'да']);
const no = new Set(['no', 'n', 'false', '0', '-', 'nē', 'ne', 'нет']);

/** Whether a cell says yes or no, in English, Latvian, Russian or signs. Undefined for anything else. */
export function readYesNo(cell: string): boolean | undefined {
  const word = fold(cell);
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

/** A text as it is compared: capitals and the number of blanks make no difference, accents do. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
