import { sha256 } from '../../core/digest.ts';

/**
 * Merge fields on their way through Markdown, MJML and the text converter: each `{{…}}` travels as a plain
 * word that none of them changes, and comes back afterwards. Brackets that stand in the data (a price list,
 * a client's fact) are hidden meanwhile, so that data can never become a merge field.
 */
export interface Protector {
  /** Replaces every `{{…}}` of a text by its word. */
  protect(text: string): string;
  /** Replaces, in a template, `\{{…}}` by its word: the merge fields that a template brings itself. */
  protectEscaped(text: string): string;
  /** Puts the merge fields back and hides every other bracket; `unhide` is for the statics afterwards. */
  restore(text: string): string;
  /** A paragraph that holds only an opening or closing block is no paragraph. */
  unwrapBlocks(html: string): string;
}

/** `{{! comments }}`, quoted strings that may hold brackets, and anything else up to the closing pair. */
const inside = String.raw`(?:"[^"]*"|'[^']*'|[^"'{}])*`;
const mustache = String.raw`\{\{!--[\s\S]*?--\}\}|\{\{![\s\S]*?\}\}|\{\{\{${inside}\}\}\}|\{\{${inside}\}\}`;

/** Finds `\{{…}}`: what a template leaves to be filled for each recipient. */
export const escapedMerge = () => new RegExp(String.raw`\\(${mustache})`, 'g');

/** @param texts everything that will pass, so that the words cannot occur in it by chance */
export function createProtector(texts: readonly string[]): Protector {
  const mark = freeMark(texts.join('\n'));
  const held: string[] = [];
  const word = (expression: string) => {
    const known = held.indexOf(expression);
    return `${mark}${known < 0 ? held.push(expression) - 1 : known}Z`;
  };
  const words = new RegExp(`${mark}(\\d+)Z`, 'g');
  const expressionOf = (n: string) => held[Number(n)] ?? '';
  const isTag = (n: string) => /^\{\{~?\s*([#/^]|else\b)/.test(expressionOf(n));
  return {
    protect: (text) => text.replace(new RegExp(String.raw`\\?(?:${mustache})`, 'g'), word),
    protectEscaped: (text) => text.replace(escapedMerge(), (_, expression: string) => word(expression)),
    restore: (text) => hide(text).replace(words, (_, n: string) => expressionOf(n)),
    unwrapBlocks: (html) =>
      html.replace(new RegExp(`<p>((?:${mark}\\d+Z\\s*)+)</p>`, 'g'), (whole, inner: string) =>
        [...inner.matchAll(words)].every(([, n]) => isTag(n ?? '')) ? inner : whole,
      ),
  };
}

const hidden = [
  ['{{', '\uE0F1'],
  ['\\', '\uE0F2'],
  ['}', '\uE0F4'],
] as const;
const hide = (text: string) => hidden.reduce((t, [plain, sign]) => t.replaceAll(plain, sign), text);

/** Gives back the brackets and backslashes that `restore` hid. */
export const unhide = (text: string) => hidden.reduce((t, [plain, sign]) => t.replaceAll(sign, plain), text);

function freeMark(text: string): string {
  for (let n = 0; ; n++) {
    const mark = `X${sha256(`${n}${text}`).slice(0, 8).toUpperCase()}N`;
    if (!text.includes(mark)) return mark;
  }
}
