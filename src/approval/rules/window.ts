import type { Policy } from '../../workspace/index.ts';

/** Days of the week and hours of the day, as a client's policy states them. */
export type WindowRule = Policy['sending'];
export type Weekday = WindowRule['days'][number];

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Days of looking ahead: a week and the day after it, for a window that a change of clocks swallows. */
const HORIZON_DAYS = 15;

/**
 * Whether the wall clock in `timezone` shows an allowed day and hour. The hours include their first minute and
 * not their last: "09:00-18:00" is closed at 18:00.
 */
export function isOpen(rule: WindowRule, now: Temporal.Instant, timezone: string): boolean {
  const local = now.toZonedDateTimeISO(timezone);
  return isAllowedDay(rule, local) && isAllowedHour(rule, local);
}

export function isAllowedDay(rule: WindowRule, local: Temporal.ZonedDateTime): boolean {
  const day = weekdays[local.dayOfWeek - 1];
  return day !== undefined && rule.days.includes(day);
}

/**
 * The first moment, `now` included, at which the window is open. A change of clocks can shorten a window, open
 * it a second time, or swallow it: then it is the next day's.
 */
export function nextOpening(
  rule: WindowRule,
  now: Temporal.Instant,
  timezone: string,
): Temporal.ZonedDateTime | undefined {
  const from = now.toZonedDateTimeISO(timezone);
  for (let days = 0; days < HORIZON_DAYS; days++) {
    const midnight = from.toPlainDate().add({ days }).toZonedDateTime(timezone);
    const candidates = days === 0 ? [from] : [];
    candidates.push(midnight, wallTime(midnight, hoursOf(rule).from));
    const change = midnight.getTimeZoneTransition('next');
    if (change?.toPlainDate().equals(midnight.toPlainDate())) candidates.push(change);
    const open = candidates
      .filter((at) => Temporal.ZonedDateTime.compare(at, from) >= 0 && isOpen(rule, at.toInstant(), timezone))
      .sort(Temporal.ZonedDateTime.compare)[0];
    if (open) return open;
  }
  return undefined;
}

/** The moment of `midnight`'s day when its clock first shows that many minutes, or jumps over them. */
function wallTime(midnight: Temporal.ZonedDateTime, minutes: number): Temporal.ZonedDateTime {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  const at = midnight.withPlainTime(time);
  if (at.toPlainTime().equals(time)) return at;
  return at.getTimeZoneTransition('previous') ?? at;
}

function isAllowedHour(rule: WindowRule, local: Temporal.ZonedDateTime): boolean {
  const { from, to } = hoursOf(rule);
  const minute = local.hour * 60 + local.minute;
  return minute >= from && minute < to;
}

function hoursOf({ hours }: WindowRule): { from: number; to: number } {
  const [from = 0, to = 0] = hours.split('-').map(minutesOf);
  return { from, to };
}

function minutesOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}
