import type { Client } from '../../workspace/index.ts';

/** `, beginning Thursday 2026-12-24 09:00 (Europe/Riga)`; nothing for a send that begins at once. */
export function startWords(
  { timezone }: Pick<Client, 'timezone'>,
  at: Temporal.Instant | 'now' | undefined,
): string {
  if (at === undefined || at === 'now') return '';
  const local = at.toZonedDateTimeISO(timezone);
  const day = local.toPlainDate().toLocaleString('en', { weekday: 'long' });
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `, beginning ${day} ${local.toPlainDate()} ${time} (${timezone})`;
}
