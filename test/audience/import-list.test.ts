import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipientId } from '../../src/audience/recipient-id.ts';
import { FakeRejectSink, importText, prepare, temporaryStore } from './helpers.ts';

const at = Temporal.Instant.from('2026-02-01T00:00:00Z');
const sum = ({ rows: _, ...parts }: Record<string, number>) =>
  Object.values(parts).reduce((a, b) => a + b, 0);

describe('importing a list', () => {
  it('brings every row to one of six ends', async () => {
    const store = temporaryStore();
    store.suppression.add(recipientId(store.clientKey, 'gone@x.example'), at, undefined);
    await importText(store, 'email;name\nold@x.example;Old\nsame@x.example;Same\n');
    const counts = await importText(
      store,
      'email;name\nold@x.example;New\nsame@x.example;Same\nanna@x.example;Anna\nANNA@X.example;Again\ngone@x.example;G\nbad;B\n\n;;\n',
    );
    expect(counts).toEqual({
      rows: 6,
      added: 1,
      updated: 1,
      unchanged: 1,
      duplicates: 1,
      suppressed: 1,
      rejected: 1,
    });
    expect([...store.members('customers')].map(({ address, fields }) => [address, fields.name])).toEqual([
      ['old@x.example', 'New'],
      ['same@x.example', 'Same'],
      ['anna@x.example', 'Anna'],
    ]);
  });

  it('keeps what a second file does not speak of, and adds its columns', async () => {
    const store = temporaryStore();
    await importText(store, 'email;name;language\na@x.example;Anna;LV\n');
    expect(await importText(store, 'email,city\na@x.example,Rīga\n')).toMatchObject({ updated: 1 });
    expect(store.find('customers')?.columns).toEqual(['name', 'language', 'city']);
    expect([...store.members('customers')]).toMatchObject([
      { language: 'lv', fields: { name: 'Anna', language: 'LV', city: 'Rīga' } },
    ]);
  });

  it('keeps the proof: basis, source, file, hash and line of each import', async () => {
    const store = temporaryStore();
    await importText(store, 'email\na@x.example\n', { source: 'form 2026' });
    await importText(store, 'email\nb@x.example\na@x.example\n', { basis: 'customer' });
    const proof = store.evidence('customers', recipientId(store.clientKey, 'a@x.example'));
    expect(proof).toMatchObject([
      { line: 2, import: { basis: 'consent', source: 'form 2026', file: 'people.csv' } },
      { line: 3, import: { basis: 'customer', counts: { rows: 2, added: 1, unchanged: 1 } } },
    ]);
    expect(proof[0]?.import.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(proof[0]?.import.at.toString()).toBe('2026-03-01T10:00:00Z');
    expect(proof[1]?.import.source).toBeUndefined();
  });

  it('changes nothing when it is discarded, fails or is cancelled', async () => {
    const store = temporaryStore();
    (await prepare(store, 'email\na@x.example\n')).discard();
    await expect(prepare(store, 'email\na@x.example\n"b')).rejects.toMatchObject({ code: 'CSV_BROKEN' });
    await expect(
      prepare(store, 'email\na@x.example\n', { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(store.names()).toEqual([]);
    expect(await importText(store, 'email\na@x.example\n')).toMatchObject({ added: 1 });
  });

  it('never calls an import a success that took nobody over', async () => {
    const store = temporaryStore();
    const rejects = new FakeRejectSink();
    await expect(prepare(store, 'email;name\nfoo;A\nbar;B\n', { rejects })).rejects.toMatchObject({
      code: 'LIST_NOTHING_IMPORTED',
      details: { rows: 2, rejects: 'rejects.csv', reasons: ['there is no @ in the address'] },
    });
    expect(rejects.kept).toBe(true);
    expect(store.names()).toEqual([]);
  });

  it('takes a corrected reject file, and finds in it what was rejected', async () => {
    const store = temporaryStore();
    const rejects = new FakeRejectSink();
    const text =
      'E-pasts;Vārds;Piezīmes\na@x.example;Anna;\nberta;Bērta;"=1+1;\r\n""citēts"""\nc@x.example;Cilda\n';
    const prepared = await prepare(store, text, { rejects });
    prepared.commit();
    expect(prepared.firstRejects).toEqual([
      { line: 3, reason: 'there is no @ in the address' },
      { line: 5, reason: 'the row has 2 cells, the header has 3' },
    ]);
    const corrected = rejects.text
      .replace('berta', 'berta@x.example')
      .replace('c@x.example;Cilda', 'c@x.example;Cilda;');
    expect(await importText(store, corrected)).toMatchObject({ rows: 2, added: 2, rejected: 0 });
    expect([...store.members('customers')].map(({ fields }) => fields)).toEqual([
      { first_name: 'Anna', piezimes: '' },
      { first_name: 'Bērta', piezimes: '=1+1;\r\n"citēts"' },
      { first_name: 'Cilda', piezimes: '' },
    ]);
  });

  it.each([
    [
      'a cell far too long',
      `email;name\na@x.example;${'x'.repeat(10_001)}\nb@x.example;B\n`,
      /longer than 10000/,
    ],
    ['a control character', 'email;name\na@x.example;A\x07B\nb@x.example;B\n', /control character/],
    ['a cell too many', 'email;name\na@x.example;A;B\nb@x.example;B\n', /3 cells, the header has 2/],
    [
      'rows swallowed by a lone quotation mark',
      'email;name\na@x.example;"A\nz@x.example;"Z"\nb@x.example;B\n',
      /run into one/,
    ],
    [
      'rows swallowed by two',
      'email;name;c\na@x.example;"A\nz@x.example;Z;"\nb@x.example;B;C\n',
      /run into one/,
    ],
  ])('rejects %s with its line', async (_, text, reason) => {
    const prepared = await prepare(temporaryStore(), text);
    expect(prepared.counts).toMatchObject({ rows: 2, added: 1, rejected: 1 });
    expect(prepared.firstRejects).toMatchObject([{ line: 2, reason: expect.stringMatching(reason) }]);
    prepared.discard();
  });

  it('accounts for every row of whatever file it can read, and rejects with a line and a reason', async () => {
    const store = temporaryStore();
    store.suppression.add(recipientId(store.clientKey, 'a2@x.example'), at, undefined);
    const good = fc.nat(9).map((n) => `a${n}@x.example;Anna ${n};"piezīme ""${n}"""`);
    const mess = fc.array(
      fc.constantFrom(
        '"',
        '""',
        ';',
        ',',
        '\n',
        '\r\n',
        '\r',
        '@',
        'x',
        '=',
        ' ',
        '\0',
        '\u2028',
        'ā',
        'a1@x.example',
        '\t',
      ),
      { maxLength: 12 },
    );
    const row = fc.oneof(
      { weight: 2, arbitrary: good },
      mess.map((signs) => signs.join('')),
    );
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const rejects = new FakeRejectSink();
        const text = `email;name;note\n${rows.join('\n')}`;
        let prepared: Awaited<ReturnType<typeof prepare>>;
        try {
          prepared = await prepare(store, text, { rejects });
        } catch (error) {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^(CSV_BROKEN|CSV_EMPTY|LIST_NOTHING_IMPORTED)$/),
          });
          return;
        }
        read++;
        prepared.commit();
        expect(sum({ ...prepared.counts })).toBe(prepared.counts.rows);
        const written = parse(rejects.text, {
          delimiter: ';',
          relax_column_count: true,
          columns: true,
        }) as Record<string, string>[];
        expect(written).toHaveLength(prepared.counts.rejected);
        for (const { line, reason } of written) {
          expect(Number(line)).toBeGreaterThan(1);
          expect(reason).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
    expect(read).toBeGreaterThan(30);
  });
});
