import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import attrs from 'markdown-it-attrs';
import { identifyHeadings } from './heading-ids.ts';
import type { MarkdownEnv } from './markdown-env.ts';
import { rewriteLinks } from './markdown-links.ts';
import { insertValues } from './markdown-values.ts';
import { useQuickRules } from './quick-rules.ts';
import { useQuickTokens } from './quick-tokens.ts';

export type HtmlRule = 'sanitise' | 'allow' | 'escape';

export interface Markdown {
  render(text: string, env: MarkdownEnv): string;
  renderInline(text: string, env: MarkdownEnv): string;
}

/** Attributes that a page may set with `{…}`: nothing that runs. */
const quietAttributes = [
  'id',
  'class',
  'title',
  'lang',
  'dir',
  'width',
  'height',
  'loading',
  'rel',
  'target',
  'start',
  'reversed',
  /^data-[\w-]+$/,
  /^aria-[\w-]+$/,
];

/** What may be attributes; a value `{{…}}` is none. */
const ATTRIBUTES = /(?<!\{)\{[^{}\n]+\}/;

/**
 * CommonMark with tables, strikethrough and bare links (GFM), heading ids and `{.class #id}`.
 *
 * @param html what becomes of raw HTML: `sanitise` keeps what a text needs, `allow` all, `escape` shows it
 * @param sanitise is given what was rendered of a text with a `<` in it, under that rule
 */
export function createMarkdown(html: HtmlRule, sanitise: (html: string) => string): Markdown {
  const plain = createParser(html, false);
  const withAttributes = createParser(html, true);
  // Looking for attributes is a third of the work, and few pages have any.
  const parser = (text: string) => (ATTRIBUTES.test(text) ? withAttributes : plain);
  const finish = (rendered: string, source: string) =>
    html === 'sanitise' && source.includes('<') ? sanitise(rendered) : rendered;
  return {
    render: (text, env) => finish(parser(text).render(text, { page: env }), text),
    renderInline: (text, env) => finish(parser(text).renderInline(text, { page: env }), text),
  };
}

function createParser(html: HtmlRule, hasAttributes: boolean): Parser {
  const md = new MarkdownIt({ html: html !== 'escape', linkify: true });
  md.linkify.set({ fuzzyLink: false });
  const isLinkIn = md.linkify.test.bind(md.linkify);
  // Every bare link has one of these, and looking for the whole of it in all texts takes a tenth of the time.
  md.linkify.test = (text: string) => /\/\/|@/.test(text) && isLinkIn(text);
  useQuickTokens(md);
  useQuickRules(md);
  if (hasAttributes) md.use(attrs, html === 'allow' ? {} : { allowedAttributes: quietAttributes });
  identifyHeadings(md);
  // The specification has a line break in a quote with nothing in it.
  md.renderer.rules.blockquote_open = (tokens, n, options, _, self) =>
    `${self.renderToken(tokens, n, options).trimEnd()}\n`;
  insertValues(md);
  rewriteLinks(md);
  return md;
}
