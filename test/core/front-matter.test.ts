import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../src/core/front-matter.ts';

describe('readFrontMatter', () => {
  it('takes fields and text apart and knows the line of the text', () => {
    const read = readFrontMatter('---\ntitle: One\ndraft: no\n---\nHello\n', 'a.md');
    expect(read).toMatchObject({ body: 'Hello\n', bodyLine: 5 });
    expect(read.yaml.value).toEqual({ title: 'One', draft: 'no' });
    expect(read.yaml.place(['draft'])).toMatchObject({ line: 3 });
  });

  it('reads a byte order mark, Windows line ends and an empty block', () => {
    const read = readFrontMatter('\uFEFF---\r\ntitle: One\r\n---\r\n\r\nHello', 'a.md');
    expect(read).toMatchObject({ body: '\r\nHello', bodyLine: 4 });
    expect(readFrontMatter('---\n---\nHello', 'a.md')).toMatchObject({ body: 'Hello', bodyLine: 3 });
    expect(readFrontMatter('Hello', 'a.md')).toMatchObject({ body: 'Hello', bodyLine: 1 });
  });

  it('passes over comments and blank lines before the fields, and counts their lines', () => {
    const text = '<!-- campaigns/a/b.md -->\n<!-- two\nlines -->\n\n---\ntitle: One\n---\nHello';
    const read = readFrontMatter(text, 'a.md');
    expect(read).toMatchObject({ body: 'Hello', bodyLine: 8, hasFields: true });
    expect(read.yaml.place(['title'])).toMatchObject({ line: 6 });
    expect(text.slice(read.yamlStart, read.yamlEnd)).toBe('\ntitle: One');
    expect(readFrontMatter('\n---\ntitle: One\n---\n', 'a.md').hasFields).toBe(true);
    expect(() => readFrontMatter('<!-- x -->\n---\ntitle: One\n', 'a.md')).toThrow(/a\.md, line 2/);
    expect(() => readFrontMatter('<!-- x -->\n---js\n{a: 1}\n---\n', 'a.md')).toThrow(/never run/);
  });

  it.each([
    '<!-- open\n---\ntitle: One\n---\n',
    '<!-- x -->\n---\nA line above.\n',
    '\n---\n\ntext',
    'a\n---\nb: c',
  ])('leaves a text alone that only looks like it: %j', (text) =>
    expect(readFrontMatter(text, 'a.md')).toMatchObject({ hasFields: false, body: text, bodyLine: 1 }),
  );

  it.each([
    '---js\n{a: process.exit(9)}\n---\n',
    '---javascript\n1\n---\n',
    '---coffee\n1\n---\n',
    '---json\n{}\n---\n',
  ])('refuses code: %j', (text) => expect(() => readFrontMatter(text, 'a.md')).toThrow(/never run/));

  it('refuses a block that is not closed, naming the line', () => {
    expect(() => readFrontMatter('---\ntitle: One\n', 'a.md')).toThrow(
      /a\.md, line 1: .*closing --- is missing/,
    );
    expect(() => readFrontMatter('---\ntitle: One\n----\nx\n', 'a.md')).toThrow(/line 1/);
  });
});
