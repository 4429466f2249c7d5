import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK, ID_BYTES, idIndex, slotOf } from '../../../src/audience/id-index.ts';
import { idMaker } from '../../../src/audience/recipient-id.ts';
import { importText, temporaryStore } from '../../audience/helpers.ts';

const idOf = idMaker(Buffer.from('a key of one client'));
const people = (numbers: readonly number[], name = (n: number) => `Name ${n}`) =>
  `email;name\n${numbers.map((n) => `a${n}@x.example;${name(n)}\n`).join('')}`;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const shuffled = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => ((a * 7919) % 10_007) - ((b * 7919) % 10_007));

describe('an import of more than one block', () => {
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
      if (n % 13 === 0)
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

describe('the index of ids', () => {
  it('gives each id one place, in the order in which they came, also when it is read again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { maxLength: 1500 }), fc.nat(1500), (numbers, stop) => {
        const ids = numbers.map((n) => idOf(String(n)));
        const known = [...new Set(ids)];
        const first = idIndex([]);
        for (const id of ids.slice(0, stop)) first.place(id);
        const blocks = upTo(Math.ceil(first.size / BLOCK)).map((number) => first.block(number));
        const again = idIndex(blocks);
        for (const id of ids) expect(again.at(again.place(id))).toBe(id);
        expect(known.map((id) => again.place(id))).toEqual(upTo(known.length));
        expect(again.size).toBe(known.length);
      }),
      { numRuns: 30 },
    );
  });

  it('knows nobody any longer that it was told to forget, and can begin anew', () => {
    const ids = upTo(3 * BLOCK).map((n) => idOf(String(n)));
    const index = idIndex();
    for (const id of ids) index.place(id);
    const block = index.block(1);
    index.forget();
    expect([index.size, index.at(0), block.length]).toEqual([0, '', 0]);
    expect(ids.toReversed().map((id) => index.place(id))).toEqual(upTo(ids.length));
    expect(index.at(0)).toBe(ids.at(-1));
  });

  it('finds nobody in an empty place, and gives it to nobody else', () => {
    const [anna, berta] = [idOf('anna'), idOf('berta')];
    const ids = Buffer.concat([Buffer.from(anna), Buffer.alloc(ID_BYTES)]);
    const index = idIndex([ids]);
    expect([index.size, index.place(anna), index.place(berta), index.at(2)]).toEqual([2, 0, 2, berta]);
    expect([slotOf(ids, anna), slotOf(ids, berta), slotOf(ids, 'short')]).toEqual([0, -1, -1]);
  });
});
