import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** Where the bytes of one text lie, in memory that every thread sees. */
export interface TextPlace {
  readonly memory: SharedArrayBuffer;
  readonly start: number;
  readonly length: number;
}

/** Texts are some kilobytes each: thousands of them share a piece. */
const PIECE = 1 << 20;
/** Where the system has no such flag, links are refused by whoever lists the files. */
const NO_LINKS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** Reads files one after the other into memory that can be handed to other threads without a copy. */
export function createTextMemory(): { read(location: string): { stat: Stats; place: TextPlace } } {
  let memory = new SharedArrayBuffer(0);
  let used = 0;
  const take = (length: number): TextPlace => {
    if (memory.byteLength - used < length) {
      memory = new SharedArrayBuffer(Math.max(PIECE, length));
      used = 0;
    }
    const place = { memory, start: used, length };
    used += length;
    return place;
  };
  return {
    read(location) {
      const handle = openSync(location, NO_LINKS);
      try {
        const stat = fstatSync(handle);
        const room = take(stat.size);
        return { stat, place: { ...room, length: fill(handle, bytesAt(room)) } };
      } finally {
        closeSync(handle);
      }
    },
  };
}

function fill(handle: number, room: Uint8Array): number {
  let filled = 0;
  while (filled < room.length) {
    const read = readSync(handle, room, filled, room.length - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

export const bytesAt = ({ memory, start, length }: TextPlace): Buffer => Buffer.from(memory, start, length);

/** As UTF-8, its BOM kept. */
export const textAt = (place: TextPlace): string => bytesAt(place).toString();
