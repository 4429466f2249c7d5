const names: Readonly<Record<string, readonly string[]>> = {
  lv: ['latvian', 'latviešu', 'latviski', 'latv'],
  en: ['english', 'angļu', 'angliski', 'eng'],
  ru: ['russian', 'krievu', 'krieviski', 'русский', 'rus'],
  lt: ['lithuanian', 'lietuviešu', 'lietuvių'],
  et: ['estonian', 'igauņu', 'eesti'],
  de: ['german', 'vācu', 'deutsch'],
};

const byName = new Map(
  Object.entries(names).flatMap(([code, words]) => words.map((word) => [word, code] as const)),
);
const code = /^[a-z]{2}(?:[-_][a-z]{2})?$/i;

/** The language code in a cell such as `LV`, `en-GB`, `latviešu` or `Russian`; undefined where it is none. */
export function readLanguage(cell: string): string | undefined {
  const text = cell.trim();
  if (code.test(text)) return text.slice(0, 2).toLowerCase();
  return byName.get(text.toLowerCase().replace(/\s+valoda$/, ''));
}
