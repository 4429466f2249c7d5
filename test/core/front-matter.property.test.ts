import fc from 'fast-check';
import matter from 'gray-matter';
import { describe, expect, it } from 'vitest';
import { isSecError } from '../../src/core/errors/index.ts';
import { readFrontMatter } from '../../src/core/front-matter.ts';

const piece = fc.constantFrom(
  '---',
  '----',
  '\n',
  '\r\n',
  ' ',
  '\t',
  'yaml',
  'YML',
  'title: A',
  '# note',
  '#',
  '- one',
  '"',
  'Text.',
  '\n---\n',
  '\n---',
  '--- \n',
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => `---${pieces.join('')}`);

describe('front matter', () => {
  it('begins and ends where gray-matter says, unless it is refused', () => {
    const yaml = { parse: () => ({}), stringify: () => '' };
    fc.assert(
      fc.property(text, (whole) => {
        let front: ReturnType<typeof readFrontMatter>;
        try {
          front = readFrontMatter(whole, 'a.md');
        } catch (error) {
          expect(isSecError(error)).toBe(true);
          return;
        }
        if (!front.hasFields) return;
        const found = matter(whole, { engines: { yaml, yml: yaml, YML: yaml } });
        expect(whole.slice(front.yamlStart, front.yamlEnd)).toBe(found.matter);
        expect(front.body).toBe(whole.slice(front.bodyStart));
        expect(whole.slice(front.yamlEnd, front.bodyStart)).toMatch(/^\n---[ \t]*(\r?\n)?$/);
      }),
      { numRuns: 3_000 },
    );
  });
});
