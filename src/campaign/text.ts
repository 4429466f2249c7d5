import { htmlToText } from 'html-to-text';

const block = (leading: number, trailing: number) => ({
  leadingLineBreaks: leading,
  trailingLineBreaks: trailing,
  uppercase: false,
});

/**
 * The plain-text part of a mail, from its HTML: lines of at most 72 characters, links behind their words,
 * nothing that is only there for the eye.
 *
 * @param was the word for a price that is struck out: `before`
 */
export function toPlainText(html: string, was: string): string {
  const text = htmlToText(html.replace(/<!--[\s\S]*?-->/g, ''), {
    wordwrap: 72,
    limits: { maxInputLength: 4_000_000 },
    formatters: {
      struck(element, walk, builder) {
        builder.addInline(`(${was} `);
        walk(element.children, builder);
        builder.addLiteral(')');
      },
    },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: '.preheader', format: 'skip' },
      { selector: '.no-text', format: 'skip' },
      { selector: 'a', options: { linkBrackets: ['<', '>'], hideLinkHrefIfSameAsText: true } },
      ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: block(2, 2) })),
      { selector: 'p', options: block(2, 2) },
      { selector: 'table', options: block(1, 1) },
      {
        selector: 'table.data',
        format: 'dataTable',
        options: { colSpacing: 2, uppercaseHeaderCells: false },
      },
      { selector: '.struck', format: 'struck' },
      { selector: '.apart', format: 'block', options: block(2, 2) },
      { selector: '.apart-before', format: 'block', options: block(2, 1) },
      { selector: 'ul', options: { itemPrefix: '- ' } },
    ],
  });
  return `${text
    .replace(/[ \t\u00a0\u200a]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
