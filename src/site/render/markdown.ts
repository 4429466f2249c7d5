import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import { identifyHeadings } from './heading-ids.ts';
import type { HtmlRule } from './html-rule.ts';
import type { MarkdownEnv } from './markdown-env.ts';
import { rewriteLinks } from './markdown-links.ts';
import { insertValues, valueRule } from './markdown-values.ts';
import { useQuickInline } from './quick-inline.ts';
import { useQuickRules } from './quick-rules.ts';
import { useQuickTokens } from './quick-tokens.ts';
import type { RareTools } from './rare-tools.ts';

export interface Markdown {
  render(text: string, env: MarkdownEnv): string;
  renderInline(text: string, env: MarkdownEnv): string;
}

/** What may be attributes; a value `{{…}}` is none. */
const ATTRIBUTES = /(?<!\{)\{[^{}\n]+\}/;

/**
 * CommonMark with tables, strikethrough and bare links (GFM), heading ids and `{.class #id}`.
 *
 * @param html what becomes of raw HTML: `sanitise` keeps what a text needs, `allow` all, `escape` shows it
 * @param tools what is used for texts that need it: `sanitise` is given what was rendered of one with a `<` in it,
 * under that rule
 */
export function createMarkdown(html: HtmlRule, { sanitise, readAttributes }: RareTools): Markdown {
  const plain = createParser(html);
  let withAttributes: Parser | undefined;
  // Looking for attributes is a third of the work, and few pages have any.
  const parser = (text: string) => {
    if (!ATTRIBUTES.test(text)) return plain;
    withAttributes ??= createParser(html, readAttributes);
    return withAttributes;
  };
  const finish = (rendered: string, source: string) =>
    html === 'sanitise' && source.includes('<') ? sanitise(rendered) : rendered;
  return {
    render: (text, env) => finish(parser(text).render(text, { page: env }), text),
    renderInline: (text, env) => finish(parser(text).renderInline(text, { page: env }), text),
  };
}

function createParser(html: HtmlRule, readAttributes?: RareTools['readAttributes']): Parser {
  const md = new MarkdownIt({ html: html !== 'escape', linkify: true });
  md.linkify.set({ fuzzyLink: false });
  const makeToken = useQuickTokens(md);
  useQuickRules(md);
  useQuickInline(md, makeToken, { '{': valueRule });
  readAttributes?.(md, html);
  identifyHeadings(md);
  // The specification has a line break in a quote with nothing in it.
  md.renderer.rules.blockquote_open = (tokens, n, options, _, self) =>
    `${self.renderToken(tokens, n, options).trimEnd()}\n`;
  insertValues(md);
  rewriteLinks(md);
  return md;
}
