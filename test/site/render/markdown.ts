import { readAttributes } from '../../../src/site/render/attributes.ts';
import type { HtmlRule } from '../../../src/site/render/html-rule.ts';
import { createMarkdown } from '../../../src/site/render/markdown.ts';
import type { MarkdownEnv } from '../../../src/site/render/markdown-env.ts';
import { sanitise } from '../../../src/site/render/sanitise.ts';

/** A page that has no neighbours: addresses stay as they are written, values are shown by their names. */
const alone = (): MarkdownEnv => ({
  link: (written) => written,
  picture: () => undefined,
  value: (expression) => `{{${expression}}}`,
  toc: [],
});

/** The site's own pipeline for a text by itself. */
export function rendererOf(html: HtmlRule): (text: string) => string {
  const markdown = createMarkdown(html, { sanitise, readAttributes });
  return (text) => markdown.render(text, alone());
}
