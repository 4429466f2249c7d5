import { fail } from '../core/errors/index.ts';

/**
 * The moment that `--at` means, on the client's clock: `2026-12-24 09:00`, `15:30` for the next time it is half past
 * three, or a time with its own offset. A time that the change of clocks skips, or has twice, is refused: nobody can
 * know which was meant.
 *
 * @throws TIME_INVALID
 */
export function parseAt(given: string, timezone: string, now: Temporal.Instant): Temporal.Instant | 'now' {
  const text = given.trim();
  if (text === 'now') return 'now';
  const refuse = (problem: string) => fail('TIME_INVALID', { given, problem, timezone });
  const at = /(Z|[+-]\d\d:?\d\d)(\[|$)/.test(text)
    ? read(() => Temporal.Instant.from(text))
    : local(text, timezone, now);
  if (at === 'changed') throw refuse('does not exist, or exists twice, because the clocks change that day');
  if (!at) throw refuse('is no time');
  if (Temporal.Instant.compare(at, now) < 0) throw refuse('is past');
  return at;
}

function local(
  text: string,
  timezone: string,
  now: Temporal.Instant,
): Temporal.Instant | 'changed' | undefined {
  const here = now.toZonedDateTimeISO(timezone);
  if (/^\d{1,2}:\d\d$/.test(text)) {
    const time = read(() => Temporal.PlainTime.from(text.padStart(5, '0')));
    if (!time) return undefined;
    const today = here.toPlainDate();
    const first = exact(today.toPlainDateTime(time), timezone);
    if (first === 'changed' || Temporal.Instant.compare(first, now) >= 0) return first;
    return exact(today.add({ days: 1 }).toPlainDateTime(time), timezone);
  }
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/.test(text)) return undefined;
  const wall = read(() => Temporal.PlainDateTime.from(text.replace(' ', 'T')));
  return wall && exact(wall, timezone);
}

function exact(wall: Temporal.PlainDateTime, timezone: string): Temporal.Instant | 'changed' {
  return read(() => wall.toZonedDateTime(timezone, { disambiguation: 'reject' }).toInstant()) ?? 'changed';
}

function read<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
