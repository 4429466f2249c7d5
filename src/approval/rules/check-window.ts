import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { windowSentence } from './sentences.ts';
import { isAllowedDay, isOpen, nextOpening, type WindowRule } from './window.ts';

/** @param what `Publishing` or `Sending` @throws OUTSIDE_HOURS with the next allowed moment */
export function checkWindow(
  client: Pick<Client, 'name' | 'timezone'>,
  what: string,
  field: 'publishing' | 'sending',
  rule: WindowRule,
  now: Temporal.Instant,
): void {
  if (isOpen(rule, now, client.timezone)) return;
  const local = now.toZonedDateTimeISO(client.timezone);
  const next = nextOpening(rule, now, client.timezone);
  throw fail('OUTSIDE_HOURS', {
    client: client.name,
    what,
    rule: `policy.${field}.${isAllowedDay(rule, local) ? 'hours' : 'days'}`,
    allowed: windowSentence(rule),
    now: momentText(local),
    next: next ? momentText(next) : `none within two weeks: check policy.${field} in site.yaml`,
  });
}

/** `Monday 2026-03-30 09:00 (Europe/Riga)`. */
function momentText(at: Temporal.ZonedDateTime): string {
  const day = at.toPlainDate().toLocaleString('en', { weekday: 'long' });
  return `${day} ${at.toPlainDate()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })} (${at.timeZoneId})`;
}
