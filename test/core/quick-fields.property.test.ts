import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quickFields } from '../../src/core/quick-fields.ts';
import { parseWhole } from '../../src/core/yaml.ts';

const root = resolve(import.meta.dirname, '../..');
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
  '1 kg',
  '8.30 – 9, 10',
  '0x1 a',
  '1e3 #',
  '12 : 3',
  '2026-12-05T17:30',
  '12:30',
  '1_000 a',
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
      expect(fields).toEqual(parseWhole(text, 'page.md').value ?? {});
    }),
    { numRuns: 20_000 },
  );
  expect(quick).toBeGreaterThan(200);
});

const settings = `# the bakery
name: Rudzu maize   # in Riga
url: https://rudzu.example/#top
locales: [lv, en]
weight: 3
facts:
  brand: { color: "#7a3e1d", type: serif, tags: [a, [b, c d], {e: "f, g"}, ''] }
  phone: "+371\\_6000\\_0112 \\"x\\""

  legal:
      lv: SIA “Rudzupe”, reģ. nr. 40000000112
      en: 'It''s: one'
  # deeper
  hours: {}
menu:
- page: index.md
  label: {lv: Maize, en: Bread}
-   page: a
    note: b
days: [ mon , tue ]
approvers:
  - { name: Anna Rudzīte, email: anna@rudzupe.example }
  - plain text
  - 12.50
logo: /logo.svg
last: false
`;
const lines = settings.split('\n');
const places = fc.nat({ max: 400 });
const piece = fc.oneof(
  hard,
  fc.constantFrom(
    ...' :#"\'\\[]{},-&*!|>?%@`~\t\n\r',
    '  ',
    ': ',
    ' :',
    ' #',
    ', ',
    '- ',
    '\n- ',
    '\n    ',
    'b:\n',
  ),
);
const change = fc.oneof(
  fc.record({ at: places, take: fc.nat({ max: 3 }), put: fc.oneof(fc.constant(''), piece) }),
  fc.record({ line: fc.nat({ max: 8 }), indent: fc.nat({ max: 6 }) }),
);
/** A few lines of the settings with slips of the finger in them. */
const slipped = fc
  .tuple(fc.nat({ max: lines.length }), fc.nat({ max: 9 }), fc.array(change, { maxLength: 3 }))
  .map(([from, count, changes]) => {
    const part = lines.slice(from, from + 1 + count);
    const margin = /^ */.exec(part[0] ?? '')?.[0] ?? '';
    const text = part.map((text) => (text.startsWith(margin) ? text.slice(margin.length) : text)).join('\n');
    return changes.reduce((changed, slip) => {
      if ('at' in slip) {
        const at = slip.at % (changed.length + 1);
        return changed.slice(0, at) + slip.put + changed.slice(at + slip.take);
      }
      const rows = changed.split('\n');
      const row = slip.line % rows.length;
      rows[row] = ' '.repeat(slip.indent) + (rows[row] ?? '').trimStart();
      return rows.join('\n');
    }, `${text}\n`);
  });

it('gives what the whole parser gives for settings, slips of the finger included', () => {
  let quick = 0;
  fc.assert(
    fc.property(slipped, (text) => {
      const fields = quickFields(text);
      if (!fields) return;
      quick++;
      // As text, because the order of fields is a part of what settings say.
      expect(JSON.stringify(fields)).toBe(JSON.stringify(parseWhole(text, 'site.yaml').value ?? {}));
    }),
    { numRuns: 20_000 },
  );
  expect(quick).toBeGreaterThan(5_000);
});

it('reads settings with groups, lists and notes', () => {
  expect(quickFields(settings)).toEqual(parseWhole(settings, 'site.yaml').value);
  const shipped = globSync('{sec.yaml,{sites,templates}/**/*.yaml}', { cwd: root });
  expect(shipped.length).toBeGreaterThan(8);
  for (const file of shipped) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(quickFields(text), file).toEqual(parseWhole(text, file).value);
  }
});

it('leaves to the parser what is nested beyond measure', () => {
  expect(quickFields(`a: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`)).toBeUndefined();
  const steps = Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:`);
  expect(quickFields(`${steps.join('\n')} b\n`)).toBeUndefined();
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
