import { BLOCK, type IdIndex } from '../../audience/id-index.ts';
import type { Blocks } from './blocks.ts';

/** A block whose rows may be changed; `changed` has it written. */
export interface OpenBlock {
  readonly number: number;
  readonly rows: string[];
  changed: boolean;
}

/** The two blocks of a list that an import is at. What is changed in one is written when another takes its place. */
export interface OpenBlocks {
  /** An empty one where there is none of that number. */
  at(number: number): OpenBlock;
  isOpen(number: number): boolean;
  /** Puts somebody new behind the others. */
  append(row: string, place: number): void;
  writeAll(): void;
}

/** @param index has the ids of all blocks, also of those that are not written yet */
export function openBlocks(blocks: Blocks, list: number, index: IdIndex): OpenBlocks {
  // Two variables and no Map: a Map that changes all the time keeps what it held before alive for the collector.
  let newest: OpenBlock | undefined;
  let older: OpenBlock | undefined;
  const write = (block: OpenBlock | undefined) => {
    if (!block?.changed) return;
    blocks.write(list, { ...block, ids: index.block(block.number) });
    block.changed = false;
  };
  const at = (number: number): OpenBlock => {
    if (newest?.number === number) return newest;
    const before = newest;
    if (older?.number === number) newest = older;
    else {
      write(older);
      newest = { number, rows: blocks.read(list, number)?.rows ?? [], changed: false };
    }
    older = before;
    return newest;
  };
  return {
    at,
    append(row, place) {
      const block = at(Math.floor(place / BLOCK));
      block.rows.push(row);
      block.changed = true;
      if (block.rows.length < BLOCK) return;
      write(block);
      newest = undefined;
    },
    isOpen: (number) => newest?.number === number || older?.number === number,
    writeAll() {
      write(newest);
      write(older);
    },
  };
}
