import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { readMergeFields } from '../../src/campaign/merge/grammar.ts';
import { mergeHelpers } from '../../src/campaign/merge/helpers.ts';
import { createProtector } from '../../src/campaign/merge/protect.ts';
import { compileSlots } from '../../src/campaign/merge/slots.ts';
import { withoutMerge } from '../../src/campaign/merge/without.ts';
import { fillSlots } from '../../src/campaign/message.ts';

const fill = (text: string, fields: Record<string, string>, as: 'html' | 'text' | 'line' = 'html') =>
  fillSlots(compileSlots(text, { language: 'en', as }), fields);
const uses = (text: string) => readMergeFields({ text, file: 'campaign.md', line: 10 });

const names = ['first_name', 'city', 'vip'];
const fieldsOf = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.string({ unit: 'binary', maxLength: 12 })])),
);
const name = fc.constantFrom(...names);
const leaf = fc.oneof(
  fc.constantFrom('Hello ', '<b>', '\n', '  ', ' } ', 'ā{ ', '&amp;'),
  name.map((n) => `{{${n}}}`),
  name.map((n) => `{{~${n}~}}`),
  name.map((n) => `{{or ${n} "friend & 'co'"}}`),
  fc.tuple(name, name).map(([a, b]) => `{{or ${a} ${b} "x"}}`),
  name.map((n) => `{{upper (or ${n} "none")}}`),
  name.map((n) => `{{date ${n} "long"}}{{money ${n} "EUR"}}`),
  fc.constant('{{! a comment }}'),
);
const template = fc
  .array(
    fc.oneof(
      leaf,
      fc
        .tuple(name, fc.array(leaf, { maxLength: 3 }), fc.array(leaf, { maxLength: 3 }))
        .map(([n, yes, no]) => `{{#if ${n}}}${yes.join('')}{{else}}${no.join('')}{{/if}}`),
      fc
        .tuple(name, fc.array(leaf, { maxLength: 3 }))
        .map(([n, yes]) => `\n{{#unless (eq ${n} "a")}}\n${yes.join('')}\n{{/unless}}\n`),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('slots', () => {
  it.each(['html', 'text', 'line'] as const)('equal the whole Handlebars template, as %s', (as) => {
    fc.assert(
      fc.property(template, fieldsOf, (text, fields) => {
        const options = { language: 'en', as };
        const plain = Handlebars.compile(text, { noEscape: as !== 'html' })(fields, {
          helpers: { ...mergeHelpers('en') },
        });
        const line = (filled: string) => filled.replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ');
        const compared = as === 'line' ? line : (filled: string) => filled;
        expect(compared(fillSlots(compileSlots(text, options), fields))).toBe(compared(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('keep nothing of one recipient for another', () => {
    fc.assert(
      fc.property(template, fieldsOf, fieldsOf, (text, one, other) => {
        const slots = compileSlots(text, { language: 'en', as: 'html' });
        const alone = fillSlots(compileSlots(text, { language: 'en', as: 'html' }), one);
        fillSlots(slots, other);
        expect(fillSlots(slots, one)).toBe(alone);
      }),
    );
  });

  it('escape what they insert into HTML, and nothing else', () => {
    const evil = '<img src=x onerror="a(1)">&\'`';
    expect(fill('Hi {{first_name}}', { first_name: evil })).toBe(
      'Hi &lt;img src&#x3D;x onerror&#x3D;&quot;a(1)&quot;&gt;&amp;&#x27;&#x60;',
    );
    expect(fill('{{or first_name "x"}}', { first_name: evil })).not.toContain('<');
    expect(fill('{{upper first_name}}', { first_name: '<b>' })).toBe('&lt;B&gt;');
    expect(fill('Hi {{first_name}}', { first_name: evil }, 'text')).toBe(`Hi ${evil}`);
  });

  it('never let a cell begin a header of its own', () => {
    const subject = fill(
      'Hi {{first_name}}\r\nX',
      { first_name: 'A\r\nBcc: b@example.com\u2028\u0000c' },
      'line',
    );
    expect(subject).toBe('Hi A Bcc: b@example.com c X');
  });

  it('do not read a cell as a merge field', () => {
    expect(fill('{{first_name}}', { first_name: '{{city}}', city: 'Riga' }, 'text')).toBe('{{city}}');
  });

  it.each([
    ['', 'friend'],
    ['  ', 'friend'],
    ['Anna', 'Anna'],
  ])('greet %j as %j', (first_name, greeted) =>
    expect(fill('{{or first_name "friend"}}', { first_name })).toBe(greeted),
  );

  it('write dates and amounts in the language, and leave what is neither', () => {
    const lv = (text: string, fields: Record<string, string>) =>
      fillSlots(compileSlots(text, { language: 'lv', as: 'text' }), fields);
    expect(lv('{{date d}}', { d: '2026-12-24' })).toBe('2026. gada 24. decembris');
    expect(lv('{{money m}}', { m: '7.9' })).toBe('7,90\u00a0€');
    expect(lv('{{date d}} {{money m "EUR"}}', { d: 'soon', m: '1.000,50' })).toBe('soon 1.000,50');
  });
});

describe('the grammar of merge fields', () => {
  it('lists the fields with their lines, and knows which have a fallback', () => {
    const found = uses(
      '{{first_name}}\n{{or city "here"}} {{#if vip}}\n{{vip}}{{else}}{{vip}}{{/if}}{{upper city}}',
    );
    expect(found.map(({ name, line, fallback }) => [name, line, fallback])).toEqual([
      ['first_name', 10, false],
      ['city', 11, true],
      ['vip', 11, true],
      ['vip', 12, true],
      ['vip', 12, false],
      ['city', 12, false],
    ]);
  });

  it.each([
    '{{{first_name}}}',
    '{{&first_name}}',
    '{{constructor.constructor}}',
    '{{this}}',
    '{{../first_name}}',
    '{{@root.first_name}}',
    '{{lookup . "constructor"}}',
    '{{log first_name}}',
    '{{#each first_name}}x{{/each}}',
    '{{#with first_name}}x{{/with}}',
    '{{> header}}',
    '{{#> header}}x{{/header}}',
    '{{* decorator}}',
    '{{#*inline "x"}}y{{/inline}}',
    '{{or first_name a=1}}',
    '{{{{raw}}}}x{{{{/raw}}}}',
    '{{[first name]}}',
    '{{"first_name"}}',
    '{{helper first_name}}',
    '{{#if first_name}}x',
    '{{#if first_name}}x{{/unless}}',
    '{{first_name',
    '{{}}',
  ])('refuses %s with file and line', (text) => {
    expect(() => uses(`\n${text}`)).toThrow(/^campaign\.md, line 1[01]: .* Nothing was sent\.$/);
  });
});

describe('any text', () => {
  it('is refused with its place, or can be filled for everybody', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      '#',
      '/',
      'if',
      'or',
      'eq',
      ' ',
      'a',
      '"x"',
      "'",
      '(',
      ')',
      '~',
      '>',
      '&',
      '!',
      '.',
      '@',
      '=',
      '[',
      ']',
      '\\',
      '\n',
      '1',
      'true',
      'this',
      'else',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        try {
          const fields = Object.fromEntries(uses(text).map(({ name }) => [name, 'v']));
          expect(typeof fill(text, fields)).toBe('string');
        } catch (error) {
          expect(error).toMatchObject({ code: 'MERGE_SYNTAX' });
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the protector', () => {
  it('keeps a bracket that follows a merge field, as style sheets have it', () => {
    const guard = createProtector([]);
    const back = guard.restore(`.a{color:${guard.protect('{{city}}')}}`);
    expect(fill(back, { city: 'red' }, 'text')).toBe('.a{color:red}');
    expect(guard.protectEscaped('.a{color:\\{{city}}}')).toMatch(/^\.a\{color:\w+\}$/);
  });

  it('brings every merge field back unchanged through text that is escaped around it', () => {
    fc.assert(
      fc.property(template, fieldsOf, (text, fields) => {
        const guard = createProtector([text]);
        const back = guard.restore(guard.protect(text));
        expect(fill(back, fields, 'text')).toBe(fill(text, fields, 'text'));
      }),
    );
  });

  it('never lets brackets in the data become a merge field', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[{}\\a-z!#/"' ]{0,20}$/), (data) => {
        const guard = createProtector([data]);
        const restored = guard.restore(`${data}|${guard.protect('{{city}}')}`);
        expect(fill(restored, { city: 'Riga', a: 'leaked' }, 'text')).toBe(`${data}|Riga`);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a block out of its paragraph', () => {
    const guard = createProtector([]);
    const [open, close] = [guard.protect('{{#if vip}}'), guard.protect('{{/if}}')];
    expect(guard.restore(guard.unwrapBlocks(`<p>${open}</p><p>Hi</p><p>${close}</p>`))).toBe(
      '{{#if vip}}<p>Hi</p>{{/if}}',
    );
    expect(guard.unwrapBlocks(`<p>${guard.protect('{{city}}')}</p>`)).toMatch(/^<p>/);
  });
});

describe('withoutMerge', () => {
  it.each([
    ['Spring blends, {{or first_name "friend"}}', 'Spring blends'],
    ['{{first_name}}, spring is here', 'Spring is here'],
    ['Hello {{or first_name "friend"}}, spring is here', 'Hello, spring is here'],
    ['News{{#if first_name}} for {{first_name}}{{/if}}', 'News'],
    ['{{first_name}}', ''],
    ['Plain', 'Plain'],
  ])('%j becomes %j', (line, left) => expect(withoutMerge(line)).toBe(left));
});
