import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSegment, type SegmentRow } from '../../../src/audience/segment/segment.ts';

const columns = [
  'city',
  'orders',
  'birthday',
  'newsletter',
  'last_order',
  'first_name',
  'language',
  '2024_orders',
  'in',
];
const options = { list: 'customers', columns, today: Temporal.PlainDate.from('2026-11-21') };
const place = () => ({ file: 'people.csv', line: 7 });

const anna: SegmentRow = {
  address: 'anna@example.com',
  language: 'lv',
  fields: {
    city: 'Rīga',
    orders: '12,5',
    birthday: '01.11.1990',
    newsletter: 'jā',
    last_order: '2026-08-01',
    first_name: '',
    language: 'latviešu',
    '2024_orders': '3',
    in: 'x',
  },
};
const matches = (where: string, row = anna) => compileSegment(where, options).pass().matches(row, place);
const failure = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
};

describe('who is in a segment', () => {
  it.each([
    'city == "rīga"',
    "city == 'RĪGA'",
    '"Rīga" == city',
    'city != "Riga"',
    'city in ["Jūrmala", "Rīga"]',
    '!(city in ["Jūrmala"])',
    'city.startsWith("rī") && city.endsWith("GA") && city.contains("ī")',
    'orders >= 3',
    'orders > 12.4 && orders < 13 && orders == 12.5 && 12 < orders',
    'orders in [3.5, 12.5]',
    'orders > -1',
    'newsletter == true',
    'newsletter != false',
    'newsletter == "jā"',
    'birthday == "1990-11-01"',
    'birthday == date("01.11.1990")',
    'birthday < "2000-01-01" && "2000-01-01" > birthday',
    'year(birthday) == 1990 && month(birthday) == 11 && day(birthday) == 1',
    'last_order < days_ago(90) && last_order > days_ago(120) && days_ahead(1) > last_order',
    'last_order <= today()',
    'last_order > birthday && birthday <= birthday',
    'city == city',
    'language == "lv"',
    'email.endsWith("@EXAMPLE.com")',
    '_2024_orders == 3 && _in == "x"',
    'city == "x" ? orders > 100 : orders > 1',
    'orders > 1000 || city == "Rīga"',
  ])('%s is true of Anna', (where) => expect(matches(where)).toBe(true));

  it('takes an empty cell for equal to an empty text alone, and for neither more nor less', () => {
    const yes = ['first_name == ""', 'first_name != "x"', 'first_name != 3', '!(first_name > 3)'];
    const no = [
      'first_name == 0',
      'first_name == false',
      'first_name == true',
      'first_name < 3',
      'first_name >= 3',
      'first_name < today()',
      'first_name < orders',
      'orders > first_name',
      'month(first_name) == 1',
      'first_name in [0, 1]',
    ];
    expect(yes.map((where) => [where, matches(where)])).toEqual(yes.map((where) => [where, true]));
    expect(no.map((where) => [where, matches(where)])).toEqual(no.map((where) => [where, false]));
  });

  it('counts who is in it, who is not, and who has nothing to judge by; each pass anew', () => {
    const segment = compileSegment('city == "Rīga" && orders >= 3', options);
    const rows = [anna, { address: 'b@x.example', fields: { city: 'Rīga' } }, { ...anna, fields: {} }];
    for (let times = 0; times < 2; times++) {
      const pass = segment.pass();
      expect(rows.map((row) => pass.matches(row, place))).toEqual([true, false, false]);
      expect(pass.counts()).toEqual({
        matched: 1,
        notMatched: 2,
        empty: [
          { column: 'city', recipients: 1 },
          { column: 'orders', recipients: 2 },
        ],
      });
    }
  });
});

describe('an expression that cannot be used', () => {
  it.each([
    ['', 'it is empty'],
    ['city ==', 'it breaks off'],
    ['city == "x', 'a quotation mark opens here'],
    ['city = "x"', 'two equals signs compare'],
    ['city <> "x"', '!= means'],
    ['city == "x" and orders > 3', '&& joins'],
    ['city == "x" OR orders > 3', '|| joins'],
    ['not city == "x"', '! turns'],
    ['city == “Rīga”', 'straight ones'],
    ['vārds == "x"', 'a letter stands here'],
    ['city', 'true or false'],
    ['newsletter && city == "x"', 'a column alone is no question'],
    ['!newsletter', 'cannot be compared so'],
    ['city == null', 'an empty cell is == ""'],
    ['city == b"x"', 'an empty cell is == ""'],
    ['city >= "A"', 'no date'],
    ['last_order > date("soon")', 'needs a day'],
    ['last_order > date(city)', 'needs a day'],
    ['city in ["a", 1]', 'not both'],
    ['city in []', 'sec does not know'],
    ['orders + 1 > 3', 'more than choosing'],
    ['[city].exists(c, c == "x")', 'there is no .exists()'],
    ['dyn(city) == 3', 'there is no dyn()'],
    ['type(city) == string', 'there is no type()'],
    ['has(city.x)', 'there is no has()'],
    ['city.matches("(a+)+$")', 'there is no .matches()'],
    ['city.text == "x"', 'more than choosing'],
    ['city["text"] == "x"', 'more than choosing'],
    ['{"a": city} == {}', 'more than choosing'],
    ['true', 'speaks of no column'],
    ['"city" == "Rīga"', 'neither side is a column'],
    ['orders > 3 && "city" == "Rīga"', 'neither side is a column'],
    [`city == "x"${' || city == "x"'.repeat(2000)}`, ''],
    [`${'('.repeat(500)}city == "x"${')'.repeat(500)}`, ''],
  ])('%s', (where, problem) => {
    const error = failure(() => compileSegment(where, options));
    expect(error).toMatchObject({
      code: 'SEGMENT_INVALID',
      message: expect.stringContaining(problem),
      hint: expect.stringContaining('city =='),
    });
  });

  it('names the columns that were perhaps meant', () => {
    const near = failure(() => compileSegment('City == "x" && ordres > 3', options));
    expect(near).toMatchObject({ code: 'SEGMENT_COLUMN_UNKNOWN', hint: 'Did you mean "city"?' });
    const none = failure(() => compileSegment('city == Daugavpils', options));
    expect(none).toMatchObject({ hint: expect.stringMatching(/email, city.*quotation marks/) });
  });

  it('is an error or an answer, whatever is written', () => {
    const operand = fc.constantFrom(
      ...[
        'city',
        'orders',
        'birthday',
        'newsletter',
        'first_name',
        'x',
        '"Rīga"',
        '"2026-01-01"',
        '3',
        '2.5',
      ],
      ...[
        'true',
        'null',
        'today()',
        'month(birthday)',
        '["a", "b"]',
        '[1, 2]',
        '-orders',
        '(city',
        'orders)',
      ],
    );
    const sign = fc.constantFrom('==', '!=', '<', '>=', 'in', '+', '=', '&&', '.contains');
    const comparison = fc.tuple(operand, sign, operand).map((words) => words.join(' '));
    const word = fc.oneof(comparison, fc.constantFrom('!', '(', ')', '&&', '||', '?', ':'));
    let understood = 0;
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
        try {
          expect(typeof matches(words.join(' '))).toBe('boolean');
          understood++;
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^SEGMENT_/) });
        }
      }),
      { numRuns: 3000, seed: 5 },
    );
    expect(understood).toBeGreaterThan(30);
  });
});

describe('a cell that cannot be read', () => {
  it.each([
    ['city > 3', 'city', 'a number'],
    ['city == 3', 'city', 'a number'],
    ['city in [1, 2]', 'city', 'a number'],
    ['city < today()', 'city', 'a date'],
    ['month(city) == 1', 'city', 'a date'],
    ['city == true', 'city', 'yes or no'],
    ['city < birthday', 'city', 'of one kind with the other column'],
    ['birthday < orders', 'birthday', 'of one kind with the other column'],
  ])('stops %s, and says where', (where, field, wanted) => {
    const error = failure(() => matches(where));
    expect(error).toMatchObject({
      code: 'SEGMENT_VALUE',
      message: expect.stringMatching(`^people.csv, line 7, field "${field}": .*${wanted}`),
    });
    expect(JSON.stringify(error)).not.toContain('Rīga');
  });

  it('does not matter where the rest of the expression decides without it', () => {
    expect(matches('orders > 3 || city > 3')).toBe(true);
    expect(matches('city > 3 || orders > 3')).toBe(true);
    expect(matches('city > 3 && orders > 1000')).toBe(false);
  });
});
