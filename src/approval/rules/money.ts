const CURRENCY = '(?:€|EUR|\\$|USD|£|GBP|CHF|SEK|PLN|kr|zł)';
// Bounded: what is longer is no amount, and would be tried from each of its digits.
const NUMBER = "\\d[\\d .'\u00a0\u202f]{0,24}(?:[.,]\\d{1,2})?";
const amounts = new RegExp(
  `${CURRENCY}\\s{0,4}${NUMBER}|${NUMBER}\\s{0,4}${CURRENCY}|\\d{1,24}[.,]\\d{2}(?![\\d.,])`,
  'gi',
);

/**
 * The amounts of money that a page names, sorted: also those without a currency, such as `7.90`. A rule that asks
 * for approval of prices would rather see one too many.
 */
export function amountsIn(html: string): string[] {
  const text = withoutScripts(html)
    .replace(/<[^<>]*>/g, (tag) => ` ${/\bcontent="([^"]*)"/i.exec(tag)?.[1] ?? ''} `)
    .replace(/&nbsp;|&#160;/g, ' ');
  return [...text.matchAll(amounts)].map(([amount]) => amount.replace(/[\s'\u00a0\u202f]/g, '')).sort();
}

/** Facts for search engines stay: they name prices too. What is never closed stays as well. */
function withoutScripts(html: string): string {
  let text = '';
  let from = 0;
  let inside: string | undefined;
  for (const { 0: tag, 1: stroke, 2: name = '', index } of html.matchAll(/<(\/?)(script|style)\b[^<>]*>/gi)) {
    const element = name.toLowerCase();
    if (stroke === '/' && element === inside) {
      from = index + tag.length;
      inside = undefined;
    } else if (stroke === '' && inside === undefined && !/ld\+json/i.test(tag)) {
      text += `${html.slice(from, index)} `;
      from = index;
      inside = element;
    }
  }
  return text + html.slice(from);
}

/** Whether a page came to name other amounts. A page that is new or gone counts with all that it names. */
export const changesPrices = (before: string, after: string): boolean =>
  amountsIn(before).join('\n') !== amountsIn(after).join('\n');
