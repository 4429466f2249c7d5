import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { useQuickInline } from '../../../src/site/render/quick-inline.ts';
import { useQuickRules } from '../../../src/site/render/quick-rules.ts';
import { useQuickTokens } from '../../../src/site/render/quick-tokens.ts';

const plain = new MarkdownIt({ html: true, linkify: true });
const quick = new MarkdownIt({ html: true, linkify: true });
const makeToken = useQuickTokens(quick);
useQuickRules(quick);
useQuickInline(quick, makeToken);

const words = (...parts: string[]) =>
  fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((some) => some.join(''));

const address = words(
  ...[
    'http',
    'https',
    'HTTPS',
    'mailto',
    ':',
    '/',
    '//',
    '.',
    '..',
    '-',
    '_',
    '~',
    '#',
    '?',
    '@',
    '%',
    '%20',
  ],
  ...['a', 'example.com', 'xn--a', 'Ä', 'q=1', ' ', '[', ']', '|', '8080', '*', '&', '😀', '\\'],
);

const text = words(
  ...[
    'a',
    'word',
    ' ',
    '  ',
    '    ',
    '\t',
    ' \t',
    '\n',
    '\n\n',
    '\r',
    '- ',
    '1. ',
    '> ',
    '# ',
    '| a | b |\n|---|---|\n',
  ],
  ...[
    '*',
    '**',
    '_',
    '`',
    '```\n',
    '[',
    '](',
    ')',
    '![',
    '<',
    '>',
    '&amp;',
    '\\',
    '~~',
    '{',
    '}',
    '!',
    ':',
    '@',
    'ä',
    '😀',
  ],
  ...[
    'https://example.com/a',
    'www.example.com',
    'a@example.com',
    '<b>',
    '</b>',
    '$',
    '%',
    '=',
    '===\n',
    '+',
    '^',
    '\0',
  ],
);

describe('the quick rules of the Markdown parser', () => {
  it('leave every address as the whole rule would', () => {
    fc.assert(
      fc.property(address, (url) => {
        expect(quick.normalizeLink(url)).toBe(plain.normalizeLink(url));
      }),
      { numRuns: 5_000 },
    );
  });

  it('give the HTML that the parser gives without them', () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(quick.render(source)).toBe(plain.render(source));
      }),
      { numRuns: 3_000 },
    );
  });
});
