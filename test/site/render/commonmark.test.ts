import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rendererOf } from './markdown.ts';

interface Example {
  readonly number: number;
  readonly section: string;
  readonly markdown: string;
  readonly html: string;
}

const file = join(import.meta.dirname, '../../fixtures/commonmark/spec-0.31.2.json');
const examples: Example[] = JSON.parse(readFileSync(file, 'utf8'));
const render = rendererOf('allow');

/** HTML has no slash in an empty element; that is the one difference in how tags are written. */
const asHtml5 = (html: string) => html.replaceAll(' />', '>');

/** What the site adds to every text by design (docs/adr): ids of headings, pictures that load when they are seen. */
const withoutExtras = (html: string) =>
  asHtml5(html)
    .replace(/(<h[1-6]) id="[^"]*"/g, '$1')
    .replaceAll(' loading="lazy"', '');

/** Examples of addresses that CommonMark leaves as text and GFM makes links of. */
const bareLinks = [602, 608, 611, 612];
const withoutBareLinks = (html: string) => html.replace(/<a href="(?:mailto:)?([^"]*)">\1<\/a>/g, '$1');

describe('CommonMark 0.31.2, through the whole pipeline of a site that allows HTML', () => {
  it('has all examples', () => expect(examples.length).toBe(652));

  it.each(examples)('example $number, $section', ({ number, markdown, html }) => {
    const rendered = withoutExtras(render(markdown));
    expect(bareLinks.includes(number) ? withoutBareLinks(rendered) : rendered).toBe(asHtml5(html));
  });
});
