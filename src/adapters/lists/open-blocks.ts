import type { Blocks } from './blocks.ts';
import { BLOCK, type IdIndex } from './id-index.ts';

const KEPT_OPEN = 2;

/** A block whose rows may be changed; `changed` has it written. */
export interface OpenBlock {
  readonly number: number;
  readonly rows: string[];
  changed: boolean;
}

/** The few blocks of a list that an import is at. Who is changed in them is written when others take their place. */
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
  const open = new Map<number, OpenBlock>();
  let newest: OpenBlock | undefined;
  const write = (block: OpenBlock) => {
    if (block.changed) blocks.write(list, { ...block, ids: index.block(block.number) });
    block.changed = false;
  };
  const close = (block: OpenBlock) => {
    write(block);
    open.delete(block.number);
    if (newest === block) newest = undefined;
  };
  const at = (number: number) => {
    if (newest?.number === number) return newest;
    const found = open.get(number) ?? { number, rows: blocks.read(list, number)?.rows ?? [], changed: false };
    open.delete(number);
    open.set(number, found);
    newest = found;
    if (open.size > KEPT_OPEN) for (const oldest of open.values().take(1)) close(oldest);
    return found;
  };
  return {
    at,
    append(row, place) {
      const block = at(Math.floor(place / BLOCK));
      block.rows.push(row);
      block.changed = true;
      if (block.rows.length === BLOCK) close(block);
    },
    isOpen: (number) => open.has(number),
    writeAll() {
      for (const block of open.values()) write(block);
    },
  };
}
