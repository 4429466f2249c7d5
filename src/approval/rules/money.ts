const CURRENCY = '(?:€|EUR|\\$|USD|£|GBP|CHF|SEK|PLN|kr|zł)';
const NUMBER = "\\d[\\d .'\u00a0\u202f]*(?:[.,]\\d{1,2})?";
const amounts = new RegExp(
  `${CURRENCY}\\s*${NUMBER}|${NUMBER}\\s*${CURRENCY}|\\d+[.,]\\d{2}(?![\\d.,])`,
  'gi',
);

/**
 * The amounts of money that a page names, sorted: also those without a currency, such as `7.90`. A rule that asks
 * for approval of prices would rather see one too many.
 */
export function amountsIn(html: string): string[] {
  const text = html
    .replace(/<(script|style)\b(?![^>]*ld\+json)[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*\bcontent="([^"]*)"[^>]*>/gi, ' $1 ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|&#160;/g, ' ');
  return [...text.matchAll(amounts)].map(([amount]) => amount.replace(/[\s'\u00a0\u202f]/g, '')).sort();
}

/** Whether a page came to name other amounts. A page that is new or gone counts with all that it names. */
export const changesPrices = (before: string, after: string): boolean =>
  amountsIn(before).join('\n') !== amountsIn(after).join('\n');
