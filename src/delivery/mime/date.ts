const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sat, 21 Nov 2026 19:31:22 +0000` (RFC 5322 §3.3). */
export function headerDate(at: Temporal.Instant): string {
  const utc = at.toZonedDateTimeISO('UTC');
  const time = utc.toPlainTime().toString({ smallestUnit: 'second' });
  return `${DAYS[utc.dayOfWeek - 1]}, ${utc.day} ${MONTHS[utc.month - 1]} ${utc.year} ${time} +0000`;
}
