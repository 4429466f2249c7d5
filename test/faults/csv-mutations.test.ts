import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodedFile } from '../../src/adapters/csv/open-csv.ts';
import { type PreparedImport, prepareImport } from '../../src/audience/import-list.ts';
import { idMaker } from '../../src/audience/recipient-id.ts';
import { parseEmailAddress } from '../../src/core/email-address.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { finish } from '../../src/core/progress.ts';
import { FakeRejectSink } from '../audience/helpers.ts';
import { MemoryListStore } from '../support/memory-list-store.ts';
import { points, seed } from './seeded.ts';

/** Files as people have them, in all the ways they come in. */
const rows = (sign: string, end: string) =>
  [
    ['E-pasts', 'Vārds', 'Piezīmes', 'Valoda'],
    ['anna@example.com', 'Anna', '', 'lv'],
    ['Bērta <berta@example.org>', 'Bērta', '"Rīts; vakars', 'latviešu'],
    ['cilda@ķīpsala.example', '=1+1', '"viens', 'en'],
    ['gone@example.com', 'Žanis', 'īss', ''],
    ['ANNA@example.com', 'Anna', 'vēlreiz', 'ru'],
    ['nobody', 'N', '', ''],
  ]
    .map((cells) =>
      cells.map((cell) => (/["\n;,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(sign),
    )
    .join(end);
const sources = [
  Buffer.from(rows(';', '\r\n')),
  Buffer.from(`\ufeff${rows(',', '\n')}`),
  Buffer.from(`\ufeff${rows('\t', '\r\n')}`, 'utf16le'),
  Buffer.from(
    rows('|', '\r').replace(/[^\0-\x7f]/g, (letter) =>
      String.fromCharCode(0xe0 + (letter.charCodeAt(0) % 31)),
    ),
    'latin1',
  ),
  Buffer.from(`sep=;\r\n${rows(';', '\r\n')}\r\n`),
];

const nasty = fc
  .constantFrom(
    '"',
    '""',
    '";"',
    ';',
    ',',
    '\t',
    '|',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '\x1f',
    '\x7f',
    '@',
    '=',
    "'",
    '<',
    '>',
    '\ufeff',
  )
  .map((text) => Buffer.from(text));
const bytes = fc.oneof(
  nasty,
  fc.uint8Array({ minLength: 1, maxLength: 4 }).map((some) => Buffer.from(some)),
  fc
    .constantFrom('\u2028', 'ā', '😀', 'E-pasts', 'x'.repeat(11_000), '\n'.repeat(50))
    .map((text) => Buffer.from(text)),
);
const place = fc.double({ min: 0, max: 1, noNaN: true });
/** Puts `what` in the place of a stretch; nothing takes it out, a copy of the stretch doubles it. */
const mutation = fc.tuple(
  place,
  fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  fc.oneof(bytes, fc.constant(Buffer.alloc(0)), fc.constant(undefined)),
);
const mutated = fc
  .tuple(
    fc.constantFrom(...sources),
    fc.array(mutation, { minLength: 1, maxLength: 6 }),
    fc.option(place, { freq: 8 }),
  )
  .map(([source, mutations, cut]) => {
    let file = source;
    for (const [where, length, what] of mutations) {
      const at = Math.floor(where * file.length);
      const stretch = file.subarray(at, at + length);
      const put = what ?? Buffer.concat([stretch, stretch]);
      file = Buffer.concat([file.subarray(0, at), put, file.subarray(at + length)]);
    }
    return cut === null ? file : file.subarray(0, Math.floor(cut * file.length));
  });

const runs = points(4000);

it(
  `keeps ${runs} mutated lists in order: each row has an end, each reject a line and a reason`,
  async () => {
    const outcomes = { imported: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(mutated, fc.integer({ min: 1, max: 400 }), async (file, size) => {
        const store = new MemoryListStore();
        store.suppression.add(idMaker(store.clientKey)('gone@example.com'));
        const rejects = new FakeRejectSink();
        try {
          const prepared = await prepare(file, size, store, rejects);
          checkPrepared(prepared, rejects.text);
          prepared.commit();
          checkPeople(store);
          outcomes.imported++;
        } catch (error) {
          if (!isSecError(error)) throw error;
          expect(error.code).toMatch(/^(CSV_|LIST_NOTHING_IMPORTED)/);
          expect(error.message).not.toMatch(/anna@|berta@|cilda@|gone@/i);
          expect(store.people.size).toBe(0);
          outcomes.refused++;
        }
        expect(store.open).toBe(0);
      }),
      { numRuns: runs, seed },
    );
    expect(Math.min(outcomes.imported, outcomes.refused)).toBeGreaterThan(runs / 50);
  },
  60_000 + runs * 20,
);

async function prepare(file: Buffer, size: number, store: MemoryListStore, rejects: FakeRejectSink) {
  async function* read() {
    for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
  }
  return finish(
    prepareImport(await decodedFile('people.csv', read), {
      list: 'customers',
      basis: 'consent',
      map: new Map(),
      store,
      rejects,
      at: Temporal.Instant.from('2026-03-01T10:00:00Z'),
      signal: new AbortController().signal,
    }),
  );
}

function checkPrepared({ counts, delimiter, firstRejects }: PreparedImport, rejects: string): void {
  const { rows: all, ...ends } = counts;
  expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBe(all);
  const written = parse(rejects, { delimiter, relax_column_count: true, from: 2 }) as string[][];
  expect(written).toHaveLength(counts.rejected);
  for (const [line, reason] of written) {
    expect(Number(line)).toBeGreaterThan(1);
    expect(reason).toMatch(/\w/);
  }
  expect(firstRejects.map(({ line }) => line)).toEqual(written.slice(0, 10).map(([line]) => Number(line)));
}

function checkPeople({ people, suppressed }: MemoryListStore): void {
  for (const [id, { person }] of people) {
    expect(suppressed.has(id)).toBe(false);
    const { mailbox } = person.address;
    expect(parseEmailAddress(mailbox)).toMatchObject({ ok: true, address: { mailbox } });
    for (const cell of person.cells) expect(cell).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  }
}
