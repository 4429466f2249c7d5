import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asWritten, csvLine, safeCell } from '../../src/audience/spreadsheet.ts';

const nasty = fc.string({
  unit: fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', '\n', ' ', '"', ',', ';', 'a', 'ā', '\u00a0'),
  maxLength: 12,
});

describe('cells in a spreadsheet', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', 'Anna\n=1', "'=1", '\u00a0=1'])(
    'shows %j as text',
    (cell) => expect(safeCell(cell)).toBe(`'${cell}`),
  );

  it.each(['Anna', "O'Neill", "'s-Hertogenbosch", '1-2', 'a@example.com', ''])('leaves %j alone', (cell) =>
    expect(safeCell(cell)).toBe(cell),
  );

  it('takes off exactly what it put on', () => {
    fc.assert(
      fc.property(nasty, (cell) => {
        expect(asWritten(safeCell(cell))).toBe(cell);
      }),
      { numRuns: 5000 },
    );
  });

  it('comes through a CSV parser whole, with no formula in it', () => {
    fc.assert(
      fc.property(
        fc.array(nasty, { minLength: 2, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t', '|'),
        (cells, delimiter) => {
          const [read] = parse(csvLine(cells, delimiter), {
            delimiter,
            record_delimiter: '\r\n',
          }) as string[][];
          expect(read?.map(asWritten)).toEqual(cells);
          for (const cell of read ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
