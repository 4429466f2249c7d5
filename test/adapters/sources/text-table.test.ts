import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTable, writeTable } from '../../../src/adapters/sources/text-table.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const rows = [
  ['a', 'first'],
  ['ä', ''],
  ['z', 'last, with 😀'],
] as const;
const inWrongOrder = [rows[2], rows[0], rows[1]];

it.each([
  ['in order', [rows[0], rows[2], rows[1]]],
  ['in any order', inWrongOrder],
])('finds each text under its name, written %s', (_, written) => {
  const file = join(temporaryFolder(), 'table.bin');
  const id = writeTable(file, written);
  const table = openTable(file);
  expect(table?.id).toBe(id);
  expect(rows.map(([name]) => table?.textAt(table.find(name)))).toEqual(rows.map(([, text]) => text));
  expect(table?.find('b')).toBe(-1);
});
