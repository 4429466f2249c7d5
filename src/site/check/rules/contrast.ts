import type { PageRule } from '../checked-site.ts';
import { contrast, readColour } from '../colour.ts';
import { asWarning } from '../finding.ts';
import { locate } from '../locate.ts';

/** Smallest contrast of a text with what is behind it, after WCAG 2.2, success criterion 1.4.3. */
const ENOUGH = 4.5;

/** Text that is hard to read, where one rule of a style names both colours. What cascades, only a browser knows. */
export const contrastRules: PageRule = (page, site) =>
  page.html.styles
    .flatMap(({ css, isInline }) => (isInline ? [css] : declarationsOf(css)))
    .flatMap((css) => {
      const text = valueOf(css, /(?:^|;)\s*color\s*:\s*([^;]+)/i);
      const behind = valueOf(css, /(?:^|;)\s*background(?:-color)?\s*:\s*([^;]+)/i);
      const front = readColour(text);
      const back = readColour(behind);
      const ratio = front && back ? contrast(front, back) : ENOUGH;
      if (ratio >= ENOUGH) return [];
      return [
        asWarning({
          ...locate(page, site, css.trim(), text),
          rule: 'low-contrast',
          text: `${text} on ${behind}`,
          message: `Text in ${text} on ${behind} is hard to read: the contrast is ${ratio.toFixed(1)}, and ${ENOUGH} is needed.`,
          fix: 'Choose a darker colour for the text, or a lighter one behind it (or the other way round).',
        }),
      ];
    });

const valueOf = (css: string, pattern: RegExp) =>
  (pattern.exec(css)?.[1] ?? '').replace(/!important/i, '').trim();

/** What stands between the braces of a stylesheet, each rule by itself. */
const declarationsOf = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/\{([^{}]*)\}/g)].map(([, inside = '']) => inside);
