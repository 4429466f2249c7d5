import type { MarkdownIt } from 'markdown-it';
import attrs from 'markdown-it-attrs';
import type { HtmlRule } from './html-rule.ts';

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
 * Teaches a parser `{.class #id}`.
 *
 * @param html where it is `allow`, any attribute may be set
 */
export function readAttributes(md: MarkdownIt, html: HtmlRule): void {
  md.use(attrs, html === 'allow' ? {} : { allowedAttributes: quietAttributes });
}
