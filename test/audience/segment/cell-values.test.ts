import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, readDay, readNumber, readYesNo } from '../../../src/audience/segment/cell-values.ts';

describe('a number in a cell', () => {
  it.each([
    ['12', 12],
    ['-3', -3],
    ['−3', -3],
    ['+3', 3],
    ['007', 7],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['12,50 €', 12.5],
    ['€ 12.50', 12.5],
    ['EUR 5', 5],
    ['1 234', 1234],
    ['1\u00a0234,50', 1234.5],
    ["1'234.50", 1234.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['1234.567', 1234.567],
  ])('%j is %d', (cell, number) => expect(readNumber(cell)).toBe(number));

  it.each(['', 'x', '12x', '1,234', '1.234', '1 23', '1,2,3', '12-', '1e3', 'Infinity', '0x10', '12 34,5,6'])(
    '%j is none that can be told for certain',
    (cell) => expect(readNumber(cell)).toBeUndefined(),
  );

  it('is what was written, as Latvians and as English write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (cents) => {
        const number = cents / 100;
        expect(readNumber(number.toFixed(2))).toBe(number);
        expect(readNumber(number.toFixed(2).replace('.', ','))).toBe(number);
        const grouped = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
        expect(readNumber(number.toLocaleString('lv', grouped))).toBe(number);
        expect(readNumber(number.toLocaleString('en', grouped))).toBe(number);
        expect(readNumber(number.toLocaleString('de', grouped))).toBe(number);
      }),
    );
  });
});

describe('a day in a cell', () => {
  it.each([
    ['2026-11-21', '2026-11-21'],
    ['2026.11.21.', '2026-11-21'],
    ['2026/11/21', '2026-11-21'],
    ['2026-11-21 14:30', '2026-11-21'],
    ['2026-11-21T14:30:00Z', '2026-11-21'],
    ['21.11.2026', '2026-11-21'],
    ['21.11.2026.', '2026-11-21'],
    ['1. 2. 2026', '2026-02-01'],
    ['1.2.2026 9:05', '2026-02-01'],
  ])('%j is %s', (cell, day) => expect(readDay(cell)?.toString()).toBe(day));

  it.each(['', '03/04/2026', '2026-02-30', '2026-13-01', '21.11.26', '2026-11/21', 'yesterday', '20261121'])(
    '%j is none that can be told for certain',
    (cell) => expect(readDay(cell)).toBeUndefined(),
  );
});

describe('a yes or a no in a cell', () => {
  it.each(['yes', 'Y', 'TRUE', '1', 'x', 'X', 'jā', 'Jā', 'да'])('%j is a yes', (cell) =>
    expect(readYesNo(cell)).toBe(true),
  );
  it.each(['no', 'N', 'false', '0', 'nē', 'Nē', 'нет', '-'])('%j is a no', (cell) =>
    expect(readYesNo(cell)).toBe(false),
  );
  it.each(['', 'maybe', '2', 'yes?'])('%j is neither', (cell) => expect(readYesNo(cell)).toBeUndefined());
});

it('compares text without capitals and blanks, and with its accents', () => {
  expect(fold('  RĪGA  centrs ')).toBe(fold('rīga centrs'));
  expect(fold('Ri\u0304ga')).toBe(fold('Rīga'));
  expect(fold('Rīga')).not.toBe(fold('Riga'));
});
