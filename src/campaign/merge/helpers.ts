import { formatDay, formatMoney } from '../format.ts';
import type { FieldType } from '../message.ts';

/** Arguments as Handlebars hands them over: the values, then its own options object. */
type HelperCall = (...args: unknown[]) => unknown;

export const helperNames = ['or', 'eq', 'upper', 'date', 'money'] as const;
/** Blocks that a brief may use; Handlebars brings them itself. */
export const blockNames = ['if', 'unless'] as const;

/**
 * The helpers of merge fields, for one language. None of them can reach anything but its arguments, and none
 * throws: a cell that is not a date or a number is shown as it stands in the list.
 */
export function mergeHelpers(language: string): Readonly<Record<(typeof helperNames)[number], HelperCall>> {
  return {
    or: (...args) =>
      args
        .slice(0, -1)
        .map(text)
        .find((value) => value.trim() !== '') ?? '',
    eq: (a, b) => text(a) === text(b),
    upper: (value) => text(value).toLocaleUpperCase(language),
    date: (value, style) => {
      const day = parseDay(text(value));
      return day ? formatDay(day, language, dateStyle(style)) : text(value);
    },
    money: (value, currency) => {
      const amount = parseAmount(text(value));
      const code = text(currency);
      return amount === undefined
        ? text(value)
        : formatMoney(amount, /^[A-Z]{3}$/.test(code) ? code : 'EUR', language);
    },
  };
}

/** Whether a cell is what a helper makes something of. */
export const fits = (type: FieldType, cell: string): boolean =>
  (type === 'date' ? parseDay(cell) : parseAmount(cell)) !== undefined;

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

function parseDay(value: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(value.trim());
  } catch {
    return undefined;
  }
}

/** Both decimal marks; anything with thousands marks is left as it is. */
function parseAmount(value: string): number | undefined {
  const plain = value.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

const dateStyle = (style: unknown) =>
  style === 'short' || style === 'medium' || style === 'full' ? style : 'long';
