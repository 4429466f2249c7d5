import type { MarkdownIt } from 'markdown-it';
import { decode } from '../page/address.ts';
import { envOf } from './markdown-env.ts';

const EXPRESSION = /\{\{([^{}][^{}\n]*)\}\}/g;
/** The same where the parser stands: it must not look through the rest of the text at every brace. */
const EXPRESSION_HERE = new RegExp(EXPRESSION.source, 'y');
const ENCODED = /%7B%7B(.+?)%7D%7D/gi;

/** What is in every text with a value in it, also where an address hides the braces. */
const MAY_HAVE_VALUES = /[{&]|%7B/i;

/** The rule for a value in a paragraph. */
export const valueRule: InlineRule = (state, silent) => {
  if (!state.src.startsWith('{{', state.pos)) return false;
  EXPRESSION_HERE.lastIndex = state.pos;
  const match = EXPRESSION_HERE.exec(state.src);
  if (!match) return false;
  if (!silent) state.push('value', '', 0).content = match[1] ?? '';
  state.pos = EXPRESSION_HERE.lastIndex;
  return true;
};

type InlineRule = ReturnType<MarkdownIt['inline']['ruler']['getRules']>[number];

/**
 * `{{data.prices.stollen}}` in Markdown: a value that is written once. In text, in link addresses and in raw
 * HTML it is replaced; in code it stays as it is written. The value never becomes Markdown.
 */
export function insertValues(md: MarkdownIt): void {
  md.inline.ruler.before('text', 'value', valueRule);
  md.core.ruler.push('values', (state) => {
    if (!MAY_HAVE_VALUES.test(state.src)) return;
    const env = envOf(state);
    for (const block of state.tokens) {
      const line = (block.map?.[0] ?? 0) + 1;
      const fill = (text: string) =>
        text.replace(EXPRESSION, (_, expression: string) => env.value(expression, line, 'html'));
      if (block.type === 'html_block') block.content = fill(block.content);
      for (const token of block.children ?? []) {
        if (token.type === 'value') token.content = env.value(token.content, line, 'html');
        if (token.type === 'html_inline') token.content = fill(token.content);
        for (const name of ['href', 'src']) {
          const written = String(token.attrGet(name) ?? '');
          if (/%7B%7B/i.test(written))
            token.attrSet(
              name,
              written.replace(ENCODED, (_, inside: string) => env.value(decode(inside), line, 'text')),
            );
        }
      }
    }
  });
  md.renderer.rules.value = (tokens, n) => tokens[n]?.content ?? '';
}
