import { isObject } from '../source/plain.ts';

const days = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
] as const;

/**
 * Opening hours for search engines, from `{mon: "08:00-18:00"}` or from `{week: [{from, to, hours}], holidays: [{date,
 * until, hours}]}`. What says something else than times, such as `by appointment`, is left out; a holiday that is
 * `closed` is told as schema.org wants it, opening and closing at midnight.
 */
export function openingHours(hours: unknown): object {
  if (!isObject(hours)) return {};
  const week = Array.isArray(hours.week) ? hours.week.flatMap(ofWeek) : ofDays(hours);
  const holidays = Array.isArray(hours.holidays) ? hours.holidays.flatMap(ofHoliday) : [];
  return {
    ...(week.length > 0 ? { openingHoursSpecification: week } : {}),
    ...(holidays.length > 0 ? { specialOpeningHoursSpecification: holidays } : {}),
  };
}

const ofDays = (hours: Readonly<Record<string, unknown>>) =>
  days.flatMap(([day, name]) => ranges(hours[day]).map((range) => spec({ dayOfWeek: name, ...range })));

function ofWeek(entry: unknown): object[] {
  if (!isObject(entry)) return [];
  const place = (day: unknown) => days.findIndex(([name]) => name === day);
  const from = place(entry.from);
  if (from < 0) return [];
  const to = entry.to === undefined ? from : place(entry.to);
  const open = Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, n) => days[(from + n) % 7]?.[1]);
  if (to < 0) return [];
  return ranges(entry.hours).map((range) =>
    spec({ dayOfWeek: open.length === 1 ? open[0] : open, ...range }),
  );
}

function ofHoliday(entry: unknown): object[] {
  if (!isObject(entry) || !isDay(entry.date)) return [];
  const valid = { validFrom: entry.date, validThrough: isDay(entry.until) ? entry.until : entry.date };
  const closed = entry.hours === 'closed' ? [{ opens: '00:00', closes: '00:00' }] : [];
  return [...closed, ...ranges(entry.hours)].map((range) => spec({ ...valid, ...range }));
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

/** `08:00–12:00, 13:00–17:00`; empty where any part of it is no time. */
function ranges(hours: unknown): { opens: string; closes: string }[] {
  if (typeof hours !== 'string') return [];
  const found = hours.split(/[,;]/).map((part) => {
    const [, opens, closes] = /^(\d{1,2}[:.]\d{2})\s*[-–—]\s*(\d{1,2}[:.]\d{2})$/.exec(part.trim()) ?? [];
    return opens && closes ? { opens: clock(opens), closes: clock(closes) } : undefined;
  });
  return found.every((range) => range !== undefined) ? found : [];
}

const clock = (time: string) => time.replace('.', ':').padStart(5, '0');
const spec = (members: object) => ({ '@type': 'OpeningHoursSpecification', ...members });
