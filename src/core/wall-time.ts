/** An instant on a clock on the wall, to the minute: `2026-03-02 12:00`. @param timezone such as `Europe/Riga` */
export const wallTimeOf = (at: Temporal.Instant, timezone: string): string =>
  at.toZonedDateTimeISO(timezone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
