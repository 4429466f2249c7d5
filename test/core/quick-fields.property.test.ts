import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quickFields } from '../../src/core/quick-fields.ts';
import { parseYaml } from '../../src/core/yaml.ts';

const hard = fc.constantFrom(
  'true',
  'True',
  'no',
  'null',
  '~',
  '010',
  '0',
  '7',
  '4.50',
  '1e3',
  '.5',
  '0x1f',
  '-3',
  '+3',
  '.inf',
  'NaN',
  '2026-01-01',
  '2026-1-1',
  '"a: b"',
  "'it''s'",
  "'a # b'",
  '"a\\n"',
  'a: b',
  'a #b',
  'a#b',
  'a:b',
  'a:',
  '- a',
  '[a, b]',
  '[a,b,]',
  '[]',
  '[ ]',
  '[true, a]',
  '[a: b]',
  '[a, "b"]',
  '{a: b}',
  '*a',
  '&a b',
  '!!str 1',
  '|',
  '>',
  '@a',
  '`a`',
  '%a',
  'https://a.example/?b=c#d',
  'Ķirši – "kūka"',
  'a "b" [c] {d}',
  "o'clock",
  'a\u00a0b',
  'a\tb',
  'a ',
  '\u2028',
  '🍒',
  'x🍒',
  'null a',
  'y',
  'on',
  '999999999',
  '9999999999',
  '[a-b, c_d, e.f]',
  '[a\u00a0, b]',
  '[null]',
  'a\u0085b',
  'a\ufeffb',
  '"a\tb"',
  '...',
  '---',
  'a - b',
  'a ? b',
  '? a',
  '"a" b',
  "'a'b",
);
const value = fc.oneof(hard, fc.string(), fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 4 }));
const name = fc.oneof(
  fc.constantFrom(
    'title',
    'date',
    'null',
    'true',
    'NaN',
    '__proto__',
    'constructor',
    'toString',
    'a-b',
    '_x',
    '1a',
    'ķ',
    '<<',
    '"q"',
    'title',
  ),
  fc.string({ minLength: 1, maxLength: 4 }),
);
const line = fc.oneof(
  fc.tuple(name, fc.constantFrom(': ', ':', ':  ', ' : '), value).map((parts) => parts.join('')),
  fc.constantFrom('', '# note', '  more', '- item', '#x', ' # y', '---', '...', '%TAG'),
);

it('gives what the whole parser gives, or leaves the text to it', () => {
  let quick = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const text = `${lines.join('\n')}\n`;
      const fields = quickFields(text);
      if (!fields) return;
      quick++;
      expect(fields).toEqual(parseYaml(text, 'page.md').value ?? {});
    }),
    { numRuns: 20_000 },
  );
  expect(quick).toBeGreaterThan(200);
});

it('reads the fields of an everyday page', () => {
  expect(
    quickFields('title: "Tea: a guide"\ndate: 2026-01-02\ntags: [tea, green tea]\nweight: 3\ndraft: false\n'),
  ).toEqual({
    title: 'Tea: a guide',
    date: '2026-01-02',
    tags: ['tea', 'green tea'],
    weight: 3,
    draft: false,
  });
});
