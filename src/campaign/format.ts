/** `7,90 €` in Latvian, `€7.90` in English. @param currency ISO 4217 */
export function formatMoney(amount: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount);
}

/** `−20 %` in Latvian, `−20%` in English, with a true minus. @param part between 0 and 1 */
export function formatSaving(part: number, language: string): string {
  const text = new Intl.NumberFormat(language, { style: 'percent' }).format(-part).replace('-', '−');
  // Latvian sets a space before the sign; the Unicode locale data does not.
  return language.startsWith('lv') ? text.replace(/\s?%/, '\u00a0%') : text;
}

/** `24 December 2026` in the language's own words; `short` gives `24/12/2026`, `full` adds the weekday. */
export function formatDay(
  day: Temporal.PlainDate,
  language: string,
  style: 'short' | 'medium' | 'long' | 'full' = 'long',
): string {
  return day.toLocaleString(regional(language), { dateStyle: style });
}

/** `17:00`: on the 24-hour clock everywhere, as opening hours are written in Europe. */
export function formatTime(time: Temporal.PlainTime, language: string): string {
  return time.toLocaleString(regional(language), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** European English writes the day before the month; without a region, the American order would come. */
const regional = (language: string) => (language === 'en' ? 'en-GB' : language);
