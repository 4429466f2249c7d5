import { describe, expect, it } from 'vitest';
import { csvSource } from '../../src/audience/csv-source.ts';
import { findList, listSource } from '../../src/audience/list-source.ts';
import type { ListStore } from '../../src/audience/list-store.ts';
import { recipientId } from '../../src/audience/recipient-id.ts';
import { createSuppression } from '../../src/audience/suppression.ts';
import { demoCustomers } from '../../src/cli/demo/customers.ts';
import { collect, csvOf, importText, temporaryStore } from './helpers.ts';

const at = Temporal.Instant.from('2026-02-01T00:00:00Z');
const suppress = (store: ListStore, key: string) =>
  store.suppression.add(recipientId(store.clientKey, key), at, 'asked');
const bare = (store: ListStore, text: string) =>
  csvSource(csvOf(text), {
    client: 'kaldi',
    basis: 'customer',
    map: new Map(),
    clientKey: store.clientKey,
    suppression: createSuppression(store),
  });

describe('a CSV file as an audience', () => {
  it('gives every row once: somebody to write to, or why not', async () => {
    const store = temporaryStore();
    suppress(store, 'gone@x.example');
    const source = await bare(
      store,
      'email;Vārds;Valoda\nAnna@x.example;Anna;latviešu\n\nanna@X.example;A;LV\nbad;B;EN\ngone@x.example;G;EN\n',
    );
    expect(source).toMatchObject({
      client: 'kaldi',
      list: 'people.csv',
      basis: 'customer',
      columns: ['first_name', 'language'],
    });
    const expected = [
      {
        kind: 'recipient',
        recipient: {
          id: expect.stringMatching(/^[\w-]{16,26}$/),
          address: 'Anna@x.example',
          key: 'anna@x.example',
          fields: { first_name: 'Anna', language: 'latviešu' },
          language: 'lv',
        },
      },
      { kind: 'excluded', reason: 'duplicate', line: 4 },
      { kind: 'excluded', reason: 'invalid', line: 5 },
      { kind: 'excluded', reason: 'suppressed', line: 6 },
    ];
    expect(await collect(source.candidates())).toEqual(expected);
    expect(await collect(source.candidates())).toEqual(expected);
  });

  it('notices that the columns are others when the people are read', async () => {
    const store = temporaryStore();
    const texts = ['email;name\na@x.example;A\n', 'email;city\na@x.example;Rīga\n'];
    const file = { ...csvOf(''), chunks: () => csvOf(texts.shift() ?? '').chunks() };
    const source = await csvSource(file, {
      client: 'kaldi',
      basis: 'consent',
      map: new Map(),
      clientKey: store.clientKey,
      suppression: createSuppression(store),
    });
    await expect(collect(source.candidates())).rejects.toMatchObject({ code: 'CSV_CHANGED' });
  });

  it('refuses a file without rows when it is read, and one without addresses at once', async () => {
    const store = temporaryStore();
    const source = await bare(store, 'email;name\n');
    await expect(collect(source.candidates())).rejects.toMatchObject({ code: 'CSV_EMPTY' });
    await expect(bare(store, 'a;b\n1;2\n')).rejects.toMatchObject({ code: 'CSV_NO_ADDRESS_COLUMN' });
  });
});

describe('a stored list as an audience', () => {
  it('gives everybody in order, with every column, and leaves out who was suppressed since', async () => {
    const store = temporaryStore();
    await importText(store, 'email;name\nb@x.example;B\nA@x.example;A\n');
    await importText(store, 'email;city\nc@x.example;Rīga\n', { basis: 'customer' });
    suppress(store, 'b@x.example');
    const source = listSource('kaldi', findList(store, 'kaldi', 'customers'));
    expect(source).toMatchObject({ list: 'customers', basis: 'customer', columns: ['name', 'city'] });
    expect(await collect(source.candidates())).toMatchObject([
      { kind: 'excluded', reason: 'suppressed' },
      { recipient: { address: 'A@x.example', key: 'a@x.example', fields: { name: 'A', city: '' } } },
      { recipient: { address: 'c@x.example', fields: { name: '', city: 'Rīga' } } },
    ]);
  });

  it('is of consent only where every import was', async () => {
    const store = temporaryStore();
    await importText(store, 'email\na@x.example\n');
    expect(listSource('kaldi', findList(store, 'kaldi', 'customers')).basis).toBe('consent');
  });

  it('names the near lists for one that is not there', async () => {
    const store = temporaryStore();
    await importText(store, 'email\na@x.example\n');
    expect(() => findList(store, 'kaldi', 'custmers')).toThrow(
      expect.objectContaining({ code: 'LIST_UNKNOWN', hint: 'Did you mean "customers"?' }),
    );
    expect(() => findList(undefined, 'kaldi', 'customers')).toThrow(
      expect.objectContaining({ code: 'LIST_UNKNOWN' }),
    );
  });
});

describe("the demo's customers", () => {
  it('come out as they say, as a list and as a file', async () => {
    const { csv, suppressed, expected } = demoCustomers();
    expect(demoCustomers().csv).toBe(csv);
    expect(csv.startsWith('\ufeff')).toBe(true);
    const store = temporaryStore();
    suppress(store, suppressed);
    const text = csv.slice(1);
    expect(await importText(store, text)).toEqual(expected);
    const candidates = await collect((await bare(store, text)).candidates());
    const count = (what: string) =>
      candidates.filter((c) => (c.kind === 'recipient' ? what === 'recipient' : c.reason === what)).length;
    expect(candidates).toHaveLength(expected.rows);
    expect(['recipient', 'duplicate', 'suppressed', 'invalid'].map(count)).toEqual([
      expected.added,
      expected.duplicates,
      expected.suppressed,
      expected.rejected,
    ]);
    for (const candidate of candidates) {
      if (candidate.kind === 'recipient')
        expect(candidate.recipient.address).toMatch(/(\.example|@example\.(com|org))$/);
    }
  });
});
