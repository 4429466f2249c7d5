import { htmlToText } from 'html-to-text';

const block = (leading: number, trailing: number) => ({
  leadingLineBreaks: leading,
  trailingLineBreaks: trailing,
  uppercase: false,
});

/**
 * The plain-text part of a mail, from its HTML: lines of at most 72 characters, links behind their words,
 * nothing that is only there for the eye.
 */
export function toPlainText(html: string): string {
  const text = htmlToText(html.replace(/<!--[\s\S]*?-->/g, ''), {
    wordwrap: 72,
    limits: { maxInputLength: 4_000_000 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: '.preheader', format: 'skip' },
      { selector: '.no-text', format: 'skip' },
      { selector: 'a', options: { linkBrackets: ['<', '>'], hideLinkHrefIfSameAsText: true } },
      ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: block(2, 2) })),
      { selector: 'p', options: block(2, 2) },
      { selector: 'table', options: block(1, 1) },
      { selector: '.card', format: 'block', options: block(2, 2) },
      { selector: 'ul', options: { itemPrefix: '- ' } },
    ],
  });
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
