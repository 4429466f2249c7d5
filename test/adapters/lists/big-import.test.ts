import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inKeyOrder } from '../../../src/adapters/lists/key-order.ts';
import { repeatedIds } from '../../../src/adapters/lists/repeats.ts';
import { seenPositions } from '../../../src/adapters/lists/seen-positions.ts';
import { idMaker } from '../../../src/audience/recipient-id.ts';
import { importText, temporaryStore } from '../../audience/helpers.ts';

const idOf = idMaker(Buffer.from('a key of one client'));
const people = (numbers: readonly number[], name = (n: number) => `Name ${n}`) =>
  `email;name\n${numbers.map((n) => `a${n}@x.example;${name(n)}\n`).join('')}`;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const shuffled = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => ((a * 7919) % 10_007) - ((b * 7919) % 10_007));

describe('an import of more than one run', () => {
  it('finds repeated addresses wherever they stand, in a first file', async () => {
    const store = temporaryStore();
    const numbers = [...upTo(3000), 5, 2999, 5];
    expect(await importText(store, people(numbers))).toMatchObject({
      rows: 3003,
      added: 3000,
      duplicates: 3,
    });
    expect(store.find('customers')?.recipients).toBe(3000);
  });

  it.each([
    ['in the same order', (numbers: readonly number[]) => numbers],
    ['in another order', shuffled],
    ['backwards', (numbers: readonly number[]) => numbers.toReversed()],
  ])('knows everybody again, %s', async (_, order) => {
    const store = temporaryStore();
    await importText(store, people(upTo(5000)));
    const changed = (n: number) => (n % 10 === 0 ? 'New' : `Name ${n}`);
    const numbers = order([...upTo(6000).filter((n) => n % 100 !== 1), 7, 5500]);
    expect(await importText(store, people(numbers, changed))).toEqual({
      rows: 5942,
      added: 990,
      updated: 500,
      unchanged: 4450,
      duplicates: 2,
      suppressed: 0,
      rejected: 0,
    });
    const members = [...store.members('customers')];
    expect(members).toHaveLength(5990);
    expect(new Set(members.map(({ id }) => id)).size).toBe(5990);
    for (const { address, fields } of members) {
      const n = Number(/\d+/.exec(address)?.[0]);
      expect([address, fields.name]).toEqual([`a${n}@x.example`, changed(n)]);
      expect(store.evidence('customers', idOfMember(store, n))).toHaveLength(
        n < 5000 && n % 100 !== 1 ? 2 : 1,
      );
    }
  });

  it('keeps one list apart from another with the same people', async () => {
    const store = temporaryStore();
    await importText(store, people(upTo(50)));
    expect(await importText(store, people(upTo(60)), { list: 'others' })).toMatchObject({ added: 60 });
    expect(await importText(store, people(upTo(70)))).toMatchObject({ added: 20, unchanged: 50 });
    expect(store.find('customers')?.recipients).toBe(70);
    expect(store.find('others')?.recipients).toBe(60);
  });
});

const idOfMember = (store: ReturnType<typeof temporaryStore>, n: number) =>
  idMaker(store.clientKey)(`a${n}@x.example`);

describe('the parts of it', () => {
  it('never misses a repeated id, and hardly suspects one for nothing', () => {
    const repeats = repeatedIds();
    const ids = upTo(100_000).map((n) => idOf(String(n)));
    const suspected = ids.filter((id) => repeats.maybeSeen(id));
    expect(suspected.length).toBeLessThan(5);
    expect(ids.every((id) => repeats.maybeSeen(id))).toBe(true);
  });

  it('orders ids as an index does, by their first letters', () => {
    const ids = upTo(1000).map((n) => idOf(String(n)));
    const first = (places: readonly number[]) => places.map((at) => ids[at]?.slice(0, 6));
    const byText = ids
      .keys()
      .toArray()
      .sort((a, b) => ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1));
    expect(first(inKeyOrder(ids))).toEqual(first(byText));
    expect(new Set(inKeyOrder(ids)).size).toBe(1000);
  });

  it('remembers every position once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { maxLength: 50 }), (positions) => {
        const seen = seenPositions();
        const known = new Set<number>();
        for (const position of positions) {
          expect(seen.add(position)).toBe(!known.has(position));
          known.add(position);
        }
      }),
    );
  });
});
