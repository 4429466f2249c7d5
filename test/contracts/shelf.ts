import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Shelf, type ShelfItem, shareShelves, shelfKinds } from '../../src/approval/shelf.ts';
import { sha256 } from '../../src/core/digest.ts';

export interface ShelfHarness {
  /** The same shelf each time, as a second process would have it. */
  open(): Promise<Shelf>;
  /** An empty one of the same kind. */
  another(): Promise<Shelf>;
  destroy(): Promise<void>;
}

const item = (kind: ShelfItem['kind'], text: string): ShelfItem => ({ kind, id: sha256(text) });
const sorted = async (shelf: Shelf) => (await shelf.items()).map(({ kind, id }) => `${kind} ${id}`).sort();

/** What a shelf of approvals must do, wherever it is. */
export function shelfContract(name: string, make: () => Promise<ShelfHarness>): void {
  describe(`${name} as a shelf of approvals`, () => {
    let harness: ShelfHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(() => harness.destroy());

    it('keeps each kind under its digest, for every process', async () => {
      const shelf = await harness.open();
      expect(await shelf.items()).toEqual([]);
      for (const kind of shelfKinds) await shelf.keep(item(kind, 'a'), `${kind}\n"ā"`);
      const other = await harness.open();
      expect(await sorted(other)).toEqual(shelfKinds.map((kind) => `${kind} ${sha256('a')}`).sort());
      for (const kind of shelfKinds) {
        expect(await other.read(item(kind, 'a'))).toBe(`${kind}\n"ā"`);
        expect(await other.read(item(kind, 'b'))).toBeUndefined();
      }
    });

    it('lets what is there stand', async () => {
      const shelf = await harness.open();
      await shelf.keep(item('revocation', 'a'), 'first');
      await shelf.keep(item('revocation', 'a'), 'second');
      expect(await shelf.read(item('revocation', 'a'))).toBe('first');
    });

    it('comes to the same as another one, both ways', async () => {
      const [one, two] = [await harness.open(), await harness.another()];
      await one.keep(item('statement', 'a'), 'a');
      await two.keep(item('revocation', 'a'), 'r');
      await two.keep(item('statement', 'b'), 'b');
      await shareShelves(one, two);
      expect(await sorted(one)).toEqual(await sorted(two));
      expect(await sorted(one)).toHaveLength(3);
      expect(await one.read(item('revocation', 'a'))).toBe('r');
    });
  });
}
