import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRow, MAX_ROW_BYTES, readTable } from '../../src/audience/csv-table.ts';
import { csvLine, safeCell } from '../../src/audience/spreadsheet.ts';
import { csvOf } from './helpers.ts';

async function read(text: string, size?: number) {
  const { delimiter, header, batches } = await readTable(csvOf(text, size));
  return { delimiter, header, rows: (await Array.fromAsync(batches)).flat() };
}
const lines = (rows: readonly CsvRow[]) => rows.map(({ line }) => line);

describe('readTable', () => {
  it.each([
    ['email,name\na@x.example,A', ','],
    ['email;name\na@x.example;A', ';'],
    ['email\tname\na@x.example\tA', '\t'],
    ['email|name\na@x.example|A', '|'],
    ['email\na@x.example', ','],
    ['"e,mail,x";name;y\r\na;b;c', ';'],
    ['"vārds, uzvārds";email\na;b', ';'],
  ])('finds the delimiter of %j', async (text, delimiter) =>
    expect((await read(text)).delimiter).toBe(delimiter),
  );

  it("obeys Excel's sep= line", async () => {
    const { delimiter, header, rows } = await read('sep=|\r\nemail|a,b\r\nx@x.example|1\r\n');
    expect({ delimiter, header, rows }).toEqual({
      delimiter: '|',
      header: { line: 2, cells: ['email', 'a,b'] },
      rows: [{ line: 3, cells: ['x@x.example', '1'] }],
    });
  });

  it.each(['\n', '\r\n', '\r'])(
    'counts lines that end in %j, blank ones and those in quotes too',
    async (end) => {
      const text = ['', 'email;note', 'a;1', '', ';;', 'b;"two', '', 'lines"', 'c;3'].join(end);
      const { header, rows } = await read(text);
      expect(header.line).toBe(2);
      expect(lines(rows)).toEqual([3, 6, 9]);
    },
  );

  it('keeps quotes that stand inside a cell', async () => {
    const { rows } = await read('email;company\na;SIA "Rīts"\nb;"Rīts" SIA\nc;"SIA ""Rīts"""');
    expect(rows.map(({ cells }) => cells[1])).toEqual(['SIA "Rīts"', '"Rīts" SIA', 'SIA "Rīts"']);
  });

  it('names the line where an unclosed quotation mark began', async () => {
    await expect(read('email;name\na;A\nb;"B\nc;C\nd;D\n')).rejects.toMatchObject({
      code: 'CSV_BROKEN',
      details: { line: 3 },
    });
  });

  it('gives up on a row without end before it fills the memory', async () => {
    const endless = `email;name\na;"${'x'.repeat(MAX_ROW_BYTES + 10)}`;
    await expect(read(endless)).rejects.toMatchObject({ code: 'CSV_BROKEN', details: { line: 2 } });
  });

  it('refuses a file with nothing in it', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'CSV_EMPTY' });
    await expect(read('\r\n \r\n\n')).rejects.toMatchObject({ code: 'CSV_EMPTY' });
  });

  const cell = fc.string({ unit: fc.constantFrom('a', 'ā', '"', '\n', '\r\n', ';', ' ', '€'), maxLength: 6 });
  const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 });

  it('gives the same rows and lines however the file is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const text =
          csvLine(['email', 'note'], ';') +
          rows.map((cells) => csvLine([`x${cells[0]}`, cells[1]], ';')).join('');
        const whole = await read(text);
        expect(await read(text, size)).toEqual(whole);
        const begins = rows.map((_, n) => rowStart(rows, n));
        expect(lines(whole.rows)).toEqual(begins);
        expect(whole.rows.map(({ cells }) => cells)).toEqual(
          rows.map(([a, b]) => [safeCell(`x${a}`), safeCell(b)]),
        );
      }),
      { numRuns: 300 },
    );
  });

  const rowStart = (rows: readonly (readonly string[])[], n: number) =>
    2 + n + rows.slice(0, n).flat().join('').replaceAll('\r\n', '\n').split('\n').length - 1;
});
