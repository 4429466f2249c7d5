import type { MarkdownIt } from 'markdown-it';
import { ruleOf } from './quick-rules.ts';
import type { MakeToken } from './quick-tokens.ts';

type Inline = MarkdownIt['inline'];
type InlineState = InstanceType<Inline['State']>;
type InlineRule = ReturnType<Inline['ruler']['getRules']>[number];

/** Signs with which something else than plain words may begin, and the rules of markdown-it that know what. */
const ruleNames: Readonly<Record<string, readonly string[]>> = {
  '\n': ['newline'],
  '\\': ['escape'],
  '`': ['backticks'],
  '~': ['strikethrough'],
  '*': ['emphasis'],
  _: ['emphasis'],
  '[': ['link'],
  '!': ['image'],
  '<': ['autolink', 'html_inline'],
  '&': ['entity'],
  ':': ['linkify'],
};

/**
 * Has a parser ask, at each sign of a text, only the rules that know that sign, and none where there is no such
 * sign: most headings, cells and entries of lists. A property test holds the HTML to that of the parser without it.
 *
 * @param further rules beside those of markdown-it, by the sign with which they begin
 */
export function useQuickInline(
  md: MarkdownIt,
  make: MakeToken,
  further: Readonly<Record<string, InlineRule>> = {},
): void {
  const rules: InlineRule[][] = [];
  for (const [sign, names] of Object.entries(ruleNames))
    rules[sign.charCodeAt(0)] = names.map((name) => ruleOf(md.inline.ruler, name));
  for (const [sign, rule] of Object.entries(further)) rules[sign.charCodeAt(0)] = [rule];
  const sign = /[\n\\`~*_[!<&:{]/g;
  const endOfWords = (text: string, from: number, end: number): number => {
    sign.lastIndex = from;
    return sign.test(text) ? Math.min(sign.lastIndex - 1, end) : end;
  };

  md.inline.tokenize = (state) => {
    const { src, posMax: end } = state;
    while (state.pos < end) {
      const wordsEnd = state.level < md.options.maxNesting ? endOfWords(src, state.pos, end) : end;
      if (wordsEnd > state.pos) {
        state.pending += src.slice(state.pos, wordsEnd);
        state.pos = wordsEnd;
      } else if (!isTaken(state, rules[src.charCodeAt(wordsEnd)])) state.pending += src[state.pos++];
    }
    if (state.pending) state.pushPending();
  };

  const parse = md.inline.parse.bind(md.inline);
  md.inline.parse = (text, parser, env, tokens) => {
    if (endOfWords(text, 0, text.length) < text.length) parse(text, parser, env, tokens);
    else if (text !== '') {
      const token = make('text', '', 0);
      token.content = text;
      tokens.push(token);
    }
  };
}

/** Whether one of the rules took what begins here. */
function isTaken(state: InlineState, rules: readonly InlineRule[] = []): boolean {
  for (const rule of rules) if (rule(state, false)) return true;
  return false;
}
