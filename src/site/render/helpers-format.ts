import { isoMoment, readMoment } from '../page/moment.ts';
import type { Helpers } from './register-helpers.ts';

type Style = Intl.DateTimeFormatOptions;
const dateStyles: Record<string, Style> = {
  full: { dateStyle: 'full' },
  long: { dateStyle: 'long' },
  medium: { dateStyle: 'medium' },
  short: { dateStyle: 'short' },
  day: { day: 'numeric', month: 'long' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
  time: { timeStyle: 'short' },
  datetime: { dateStyle: 'long', timeStyle: 'short' },
};
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A Monday at noon UTC, from which the names of weekdays are counted. */
const MONDAY = Temporal.Instant.from('2024-01-01T12:00:00Z');

/** Making a formatter costs a hundred times what using one does. */
function remembered<O extends object, F>(
  make: (lang: string, options: O) => F,
): (lang: string, options?: O) => F {
  const made = new Map<string, F>();
  return (lang, options = {} as O) => {
    const key = `${lang} ${JSON.stringify(options)}`;
    const formatter = made.get(key) ?? make(lang, options);
    made.set(key, formatter);
    return formatter;
  };
}

/** Dates, money and numbers in the page's language and the client's time zone. */
export function formatHelpers(): Helpers {
  const dateFormat = remembered((lang, options: Style) => new Intl.DateTimeFormat(lang, options));
  const numberFormat = remembered(
    (lang, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(lang, options),
  );
  return {
    date({ env }, value, style) {
      const moment = readMoment(String(value ?? ''), env.timezone);
      if (!moment) throw new TypeError(`"${String(value ?? '')}" is not a date`);
      if (style === 'iso')
        return /T/.test(String(value)) ? isoMoment(moment) : moment.toPlainDate().toString();
      const name = typeof style === 'string' ? style : 'long';
      const options = dateStyles[name];
      if (!options)
        throw new TypeError(
          `there is no style "${name}"; there are ${Object.keys(dateStyles).join(', ')} and iso`,
        );
      const formatter = dateFormat(env.lang, { ...options, timeZone: env.timezone });
      return formatter.format(moment.epochMilliseconds);
    },
    money: ({ env }, amount, currency) =>
      numberFormat(env.lang, {
        style: 'currency',
        currency: typeof currency === 'string' ? currency : 'EUR',
        trailingZeroDisplay: 'auto',
      }).format(toNumber(amount)),
    number: ({ env }, value) => numberFormat(env.lang).format(toNumber(value)),
    weekday({ env }, day, style) {
      const at = weekdays.indexOf(String(day).toLowerCase().slice(0, 3));
      if (at < 0)
        throw new TypeError(`"${String(day)}" is not a weekday; write mon, tue, wed, thu, fri, sat or sun`);
      const weekday = style === 'short' || style === 'narrow' ? style : 'long';
      const date = MONDAY.add({ hours: 24 * at });
      return dateFormat(env.lang, { weekday, timeZone: 'UTC' }).format(date.epochMilliseconds);
    },
  };
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new TypeError(`"${String(value ?? '')}" is not a number`);
  return number;
}
