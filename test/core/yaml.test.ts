import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkYaml, fieldName, parseYaml } from '../../src/core/yaml.ts';

const schema = z.strictObject({
  name: z.string(),
  policy: z.strictObject({ approval: z.enum(['none', 'required']) }).optional(),
  prices: z.array(z.strictObject({ amount: z.number() })).optional(),
});
const check = (text: string) => checkYaml(parseYaml(text, 'site.yaml'), schema);

describe('parseYaml', () => {
  it('means what is written: YAML 1.2 core', () => {
    const { value } = parseYaml('draft: no\nprice: 010\ndate: 2026-11-21\nyes: true', 'a.yaml');
    expect(value).toEqual({ draft: 'no', price: 10, date: '2026-11-21', yes: true });
  });

  it('names the line of the whole file where front matter begins later', () => {
    expect(() => parseYaml('a: 1\n\tb: 2', 'page.md', 2)).toThrow(
      /^page\.md, line 3, column 1: a tab was used/,
    );
  });

  it('refuses a field that stands twice', () => {
    expect(() => parseYaml('a: 1\na: 2', 'a.yaml')).toThrow(
      /line 2, column 1: the same field stands here twice/,
    );
  });

  it('refuses an alias bomb', () => {
    const rows = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [n, name] of [...'bcdefgh'].entries()) {
      const last = 'abcdefgh'[n];
      rows.push(`${name}: &${name} [${Array(9).fill(`*${last}`).join(', ')}]`);
    }
    expect(() => parseYaml(rows.join('\n'), 'bomb.yaml')).toThrow(/too many references/);
  });

  it('keeps a field called __proto__ away from the prototype', () => {
    parseYaml('__proto__: {polluted: true}', 'a.yaml');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('checkYaml', () => {
  it('hands over what fits', () => expect(check('name: Kaldi')).toEqual({ name: 'Kaldi' }));

  it('names file, line, column and field of a value that does not fit', () => {
    expect(() => check('name: Kaldi\nprices:\n  - {amount: 3}\n  - {amount: cheap}')).toThrow(
      /^site\.yaml, line 4, column 6, field "prices\[1\]\.amount": /,
    );
  });

  it('says what an unknown field may have meant, also inside another', () => {
    expect(() => check('name: K\npolcy: {}')).toThrow(
      expect.objectContaining({ hint: 'Did you mean "policy"?' }),
    );
    expect(() => check('name: K\npolicy: {aproval: none}')).toThrow(
      expect.objectContaining({
        hint: 'Did you mean "approval"?',
        message: expect.stringContaining('line 2, column 10'),
      }),
    );
  });

  it('names a missing field at the place it belongs to', () => {
    expect(() => check('policy: {}')).toThrow(/field "name"/);
  });
});

it('writes a field the way --set does', () => {
  expect(fieldName(['prices', 2, 'amount'])).toBe('prices[2].amount');
});
