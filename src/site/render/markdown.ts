import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import anchor from 'markdown-it-anchor';
import attrs from 'markdown-it-attrs';
import { slugify } from '../../core/slug.ts';
import { envOf, type MarkdownEnv } from './markdown-env.ts';
import { rewriteLinks } from './markdown-links.ts';
import { insertValues } from './markdown-values.ts';
import { useQuickTokens } from './quick-tokens.ts';
import { sanitise } from './sanitise.ts';

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

/**
 * CommonMark with tables, strikethrough and bare links (GFM), heading ids and `{.class #id}`.
 *
 * @param html what becomes of raw HTML: `sanitise` keeps what a text needs, `allow` all, `escape` shows it
 */
export function createMarkdown(html: HtmlRule): Markdown {
  const plain = createParser(html, false);
  const withAttributes = createParser(html, true);
  // Looking for attributes is a third of the work, and few pages have any.
  const parser = (text: string) => (text.includes('{') ? withAttributes : plain);
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
  if (hasAttributes) md.use(attrs, html === 'allow' ? {} : { allowedAttributes: quietAttributes });
  md.use(anchor, { slugify: slugify, tabIndex: false });
  insertValues(md);
  rewriteLinks(md);
  md.core.ruler.push('toc', (state) => {
    const { toc } = envOf(state);
    for (const [n, token] of state.tokens.entries()) {
      if (token.type !== 'heading_open') continue;
      const text = (state.tokens[n + 1]?.children ?? [])
        .filter(({ type }) => type === 'text' || type === 'code_inline')
        .map(({ content }) => content)
        .join('');
      toc.push({ level: Number(token.tag.slice(1)), id: String(token.attrGet('id') ?? ''), text });
    }
  });
  return md;
}
