import { BLOCK } from '../../audience/id-index.ts';
import type { OpenBlocks } from './open-blocks.ts';
import { isRowOf, NOBODY } from './row-text.ts';

/** So many wait at most before their blocks are opened. */
const MOST_WAITING = 64 * 1024;
/** How far ahead on the list somebody is looked for. */
const LOOKED_AHEAD = 8;

export interface KnownPeopleOptions {
  /** How many places the list had before the import. */
  readonly before: number;
  readonly open: OpenBlocks;
  /** What a row becomes by what a file says; undefined where that is nothing new. */
  updated(stored: string, row: string): string | undefined;
  count(result: 'updated' | 'unchanged', line: number): void;
}

/**
 * Holds what a file says of people against what is stored of them. Most files are the last one again with a few changes,
 * in the same order: so the list is read along with the file, block by block. Who is met elsewhere waits until there are
 * many, so that each of their blocks is opened once for all of its people.
 */
export function knownPeople({ before, open, updated, count }: KnownPeopleOptions) {
  let cursor = 0;
  let [places, rows, lines]: [number[], string[], number[]] = [[], [], []];

  const storedAt = (place: number) => open.at(Math.floor(place / BLOCK)).rows[place % BLOCK] ?? NOBODY;
  const isChanged = (place: number, row: string): boolean => {
    const block = open.at(Math.floor(place / BLOCK));
    const changed = updated(block.rows[place % BLOCK] ?? NOBODY, row);
    if (changed === undefined) return false;
    block.rows[place % BLOCK] = changed;
    block.changed = true;
    return true;
  };
  const settle = () => {
    const changed = new Uint8Array(places.length);
    for (const n of inOrderOf(places)) if (isChanged(places[n] ?? 0, rows[n] ?? '')) changed[n] = 1;
    for (const [n, line] of lines.entries()) count(changed[n] === 1 ? 'updated' : 'unchanged', line);
    [places, rows, lines] = [[], [], []];
  };
  return {
    /** The place of one of the next on the list, where they have this address. */
    next(mailbox: string): number | undefined {
      const end = Math.min(before, cursor + LOOKED_AHEAD);
      for (let place = cursor; place < end; place++)
        if (isRowOf(storedAt(place), mailbox)) {
          cursor = place + 1;
          return place;
        }
      return undefined;
    },
    meet(place: number, row: string, line: number) {
      cursor = Math.max(cursor, place + 1);
      if (open.isOpen(Math.floor(place / BLOCK))) {
        count(isChanged(place, row) ? 'updated' : 'unchanged', line);
        return;
      }
      places.push(place);
      rows.push(row);
      lines.push(line);
      if (places.length === MOST_WAITING) settle();
    },
    settle,
  };
}

/** Which of the places comes first, which next. Sorting numbers without a comparison is many times faster. */
function inOrderOf(places: readonly number[]): Iterable<number> {
  const sorted = Float64Array.from(places, (place, n) => place * MOST_WAITING + n).sort();
  return sorted.map((key) => key % MOST_WAITING).values();
}
