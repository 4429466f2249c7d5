/**
 * A date as front matter writes it, in the client's time zone: a day, a wall-clock time, or an instant with an
 * offset (`2017-01-04T15:04:10.000Z`). Undefined where it is none of them.
 */
export function readMoment(written: unknown, timezone: string): Temporal.ZonedDateTime | undefined {
  if (typeof written !== 'string') return undefined;
  const text = written
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2}) +(\d)/, '$1T$2')
    .replace(/ +(?=[+-]\d)/, '');
  try {
    if (/(z|[+-]\d{2}:?\d{2})$/i.test(text) && text.includes('T'))
      return Temporal.Instant.from(text).toZonedDateTimeISO(timezone);
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timezone);
  } catch {
    return undefined;
  }
}

/** The form in which dates reach templates: ISO with the client's offset, whole seconds. */
export const isoMoment = (moment: Temporal.ZonedDateTime) =>
  moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });
