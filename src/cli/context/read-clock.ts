import { type Clock, fixedClock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import { readMoment } from '../../site/page/moment.ts';

/** The clock that `--clock` sets: a day or a moment on the client's wall clock. @throws USAGE */
export function readClock(text: string, timezone: string): Clock {
  const moment = readMoment(text, timezone);
  if (!moment)
    throw fail('USAGE', {
      problem: `--clock ${text} is not a date; write it as 2026-12-24 or 2026-12-24T09:00.`,
      command: 'site build',
    });
  return fixedClock(moment.toInstant());
}
