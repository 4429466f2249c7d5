import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCsvFile } from '../../src/adapters/csv/open-csv.ts';
import { readTable } from '../../src/audience/csv-table.ts';

/** The public collection of CSV files that parsers stumble over, and what is in each. */
const require = createRequire(import.meta.url);
const spectrum = dirname(require.resolve('csv-spectrum'));
const names = readdirSync(join(spectrum, 'csvs')).map((file) => file.replace(/\.csv$/, ''));

/** The collection's answer to this one is for another file: one row without brackets, with another number. */
const corrected: Readonly<Record<string, unknown>> = {
  location_coordinates: [
    {
      'Contact Phone Number': '2095257564',
      'Location Coordinates': `37\ufffd36'37.8"N 121\ufffd2'17.9"W`,
      Cities: 'Modesto',
      Counties: 'Stanislaus',
    },
  ],
};
const answer = (name: string) =>
  corrected[name] ?? JSON.parse(readFileSync(join(spectrum, 'json', `${name}.json`), 'utf8'));

/** In one file stands a degree sign that was no UTF-8: the collection lost it, and sec reads it. */
const lost = (text: string) => text.replaceAll('\u00b0', '\ufffd');

describe('csv-spectrum', () => {
  it('has its twelve files', () => expect(names).toHaveLength(12));

  it.each(names)('%s is read as it should be', async (name) => {
    const file = await openCsvFile(join(spectrum, 'csvs', `${name}.csv`), name);
    const { header, batches } = await readTable(file);
    const rows: Record<string, string>[] = [];
    for await (const batch of batches)
      for (const { cells } of batch)
        rows.push(Object.fromEntries(header.cells.map((column, at) => [column, lost(cells[at] ?? '')])));
    expect(rows).toEqual(answer(name));
  });
});
