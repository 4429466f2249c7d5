import { describe, expect, it } from 'vitest';
import { parseColumnMap, readColumns } from '../../src/audience/columns.ts';
import { fieldName } from '../../src/audience/field-name.ts';
import { openPeople } from '../../src/audience/people.ts';
import { csvOf } from './helpers.ts';

const columns = (cells: string[], ...map: string[]) =>
  readColumns('people.csv', { line: 1, cells }, parseColumnMap(map));
const names = (cells: string[], ...map: string[]) => columns(cells, ...map).fields.map(({ name }) => name);

describe('readColumns', () => {
  it.each([
    'email',
    'E-mail',
    'EMAIL ADDRESS',
    'epasts',
    'E-pasts',
    'e-pasta adrese',
    ' E‑pasts ',
    'Epasta Adrese',
  ])('knows %j for the address', (header) => expect(columns(['Name', header]).email).toBe(1));

  it('knows headers in English and Latvian', () => {
    expect(names(['E-pasts', 'Vārds', 'Uzvārds', 'Valoda', 'Tālrunis'])).toEqual([
      'first_name',
      'last_name',
      'language',
      'phone',
    ]);
    expect(names(['Email', 'First name', 'Surname', 'Lang'])).toEqual([
      'first_name',
      'last_name',
      'language',
    ]);
  });

  it.each([
    ['Mīļākā maize', 'milaka_maize'],
    ['First name', 'first_name'],
    ['lastOrder', 'last_order'],
    ['Straße', 'strasse'],
    ['__proto__', 'proto'],
    ['№ 1', 'no_1'],
    ['—', ''],
  ])('makes %j the field %j', (header, field) => expect(fieldName(header)).toBe(field));

  it('lets --map decide, by the header or its field name', () => {
    expect(columns(['Kontakts', 'X'], 'Kontakts=email').email).toBe(0);
    expect(names(['email', 'Klienta Vārds'], 'klienta_vards=First Name')).toEqual(['first_name']);
    expect(columns(['email', 'Personas kods'], 'Personas kods=-')).toMatchObject({
      fields: [],
      leftOut: ['Personas kods'],
    });
    expect(columns(['email', 'E-pasts 2', 'E-pasts'], 'email=-')).toMatchObject({ email: 2 });
  });

  it("leaves out the two columns of sec's own in a reject file, and no others of that name", () => {
    expect(columns(['line', 'reason', 'email', 'line'])).toMatchObject({
      email: 2,
      fields: [{ name: 'line', at: 3 }],
      leftOut: [],
    });
    expect(names(['email', 'reason'])).toEqual(['reason']);
  });

  it('names the headers where there is no address column', () => {
    expect(() => columns(['Vārds', 'Telefons'])).toThrow(
      expect.objectContaining({
        code: 'CSV_NO_ADDRESS_COLUMN',
        details: expect.objectContaining({ headers: ['Vārds', 'Telefons'] }),
      }),
    );
  });

  it.each(['anna@', '@example.com'])('does not repeat %j, a part of an address among the headers', (part) => {
    expect(() => columns([part, 'Vārds'])).toThrow(
      expect.objectContaining({ code: 'CSV_NO_ADDRESS_COLUMN' }),
    );
    expect(() => columns([part, 'Vārds'])).not.toThrow(part);
  });

  it('does not repeat a person who stands where the headers should', () => {
    const thrown = (() => {
      try {
        return columns(['anna@example.com', 'Anna']);
      } catch (error) {
        return error as Error;
      }
    })();
    expect(thrown).toMatchObject({ code: 'CSV_NO_ADDRESS_COLUMN' });
    expect(JSON.stringify([thrown, (thrown as Error).message])).not.toMatch(/anna/i);
  });

  it.each([
    [['email', 'E-pasts'], [], 'CSV_HEADER_TWICE'],
    [['email', 'City', 'city'], [], 'CSV_HEADER_TWICE'],
    [['email', 'Unsubscribe URL'], [], 'CSV_HEADER_RESERVED'],
    [['email'], ['Nope=city'], 'CSV_MAP_UNKNOWN'],
    [['email'], ['email'], 'CSV_MAP_INVALID'],
    [['email'], ['email='], 'CSV_MAP_INVALID'],
    [['email', 'a'], ['a=b', 'a=c'], 'CSV_MAP_INVALID'],
  ])('refuses %j with --map %j', (cells, map, code) => {
    expect(() => columns(cells, ...map)).toThrow(expect.objectContaining({ code }));
  });
});

it('repeats no address that a lone quotation mark drew into the line of headers', async () => {
  const swallowed = '"email;name\nanna@example.com;"x";"y"\nbob@example.com;B\n';
  await expect(openPeople(csvOf(swallowed), new Map())).rejects.toMatchObject({
    code: 'CSV_BROKEN',
    message: expect.stringMatching(/line 1: a quotation mark opens in the line of headers/),
  });
  const doubled = 'email;email;"name, ask anna@example.com"\na@example.com;b@example.com;A\n';
  const error = await openPeople(csvOf(doubled), new Map([['x', 'y']])).catch((failure: unknown) => failure);
  expect(JSON.stringify(error)).not.toContain('anna@');
});
