import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../src/site/source/front-matter.ts';

describe('front matter', () => {
  it('means what it says: YAML 1.2', () => {
    const { data, body, bodyLine } = readFrontMatter(
      '---\ndraft: no\nprice: 010\ndate: 2026-11-21\n---\n\nText\n',
      'p.md',
    );
    expect({ ...data }).toEqual({ draft: 'no', price: 10, date: '2026-11-21' });
    expect([body, bodyLine]).toEqual(['\nText\n', 6]);
  });

  it('may be absent, empty, only comments, or name its language', () => {
    expect(readFrontMatter('Text', 'p.md')).toMatchObject({ body: 'Text', bodyLine: 1 });
    expect(readFrontMatter('', 'p.md')).toMatchObject({ body: '' });
    expect(readFrontMatter('---\n# note\n---\nText', 'p.md')).toMatchObject({ body: 'Text', bodyLine: 4 });
    expect(readFrontMatter('---yaml\na: 1\n---\nText', 'p.md')).toMatchObject({
      data: { a: 1 },
      body: 'Text',
    });
  });

  it('keeps BOM and Windows line ends apart from the values', () => {
    const text = '\uFEFF---\r\na: one\r\nb: |\r\n  two\r\n---\r\nText\r\n';
    const front = readFrontMatter(text, 'p.md');
    expect({ ...front.data }).toEqual({ a: 'one', b: 'two\n' });
    expect(text.slice(front.bodyStart)).toBe('Text\r\n');
  });

  it.each([
    ['---js\n{a: process.exit(3)}\n---\n', 'js', 1],
    ['---coffee\na: 1\n---\n', 'coffee', 1],
    ['---json\n{"a": 1}\n---\n', 'json', 1],
    ['+++\na = 1\n+++\n', 'toml', 1],
    ['{\n"a": 1\n}\n', 'json', 1],
  ])('refuses %j', (text, language, line) => {
    expect(() => readFrontMatter(text, 'p.md')).toThrow(
      expect.objectContaining({ code: 'FRONT_MATTER_REFUSED', details: { file: 'p.md', line, language } }),
    );
  });

  it.each([
    ['---\ntitle: x\n', 'FRONT_MATTER_OPEN', 'p.md, line 1'],
    ['---\ntitle: x\n----\n', 'FRONT_MATTER_OPEN', 'p.md, line 1'],
    ['---\njust a text\n---\n', 'PAGE_INVALID', 'p.md, line 2'],
    ['---\na: 1\nb: [1\n---\n', 'YAML_BROKEN', 'p.md, line'],
    ['---\na: 1\na: 2\n---\n', 'YAML_BROKEN', 'p.md, line 3'],
    ['---\na: 1\nb: {__proto__: {x: 1}}\n---\n', 'PAGE_INVALID', 'p.md, line 3, column 5'],
  ])('refuses %j with its place', (text, code, place) => {
    expect(() => readFrontMatter(text, 'p.md')).toThrow(expect.objectContaining({ code }));
    expect(() => readFrontMatter(text, 'p.md')).toThrow(place);
  });
});
