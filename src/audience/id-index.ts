/** How many people stand in one block. */
export const BLOCK = 256;

/** An id as it is stored: its 22 letters (`recipientId`), or zeros where somebody is gone. */
export const ID_BYTES = 22;

/** Who is on a list, by id: each has a place, counted from 0 in the order in which they came. */
export interface IdIndex {
  /** How many places are taken, of people who are gone as well. */
  readonly size: number;
  /** The place of an id; the next free one, which is taken with it, where it is new. */
  place(id: string): number;
  /** The id at a place. */
  at(place: number): string;
  /** The ids of one block, as they are stored. */
  block(number: number): Uint8Array;
  /** Gives the memory back at once, where nobody will ask again: what is swept later adds up to what comes next. */
  forget(): void;
}

const FIRST_SLOTS = 1 << 12;

/**
 * Keeps the ids in blocks as they are stored, and beside them a table of open addressing: 30 bytes for each of a
 * million people, where a Map of texts takes four times as much.
 *
 * @param stored the blocks that are there, in their order; all but the last are full
 */
export function idIndex(stored: Iterable<Uint8Array> = []): IdIndex {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  let slots = new Uint32Array(FIRST_SLOTS); // a place + 1, or 0 for a free slot
  let size = 0;

  const slotOf = (bytes: Uint8Array, at: number) => {
    const mask = slots.length - 1;
    let slot = hashAt(bytes, at) & mask;
    for (let found = slots[slot] ?? 0; found !== 0; found = slots[slot] ?? 0) {
      const place = found - 1;
      if (isSame(blockAt(place), (place % BLOCK) * ID_BYTES, bytes, at)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  const blockAt = (place: number) => {
    const number = Math.floor(place / BLOCK);
    let block = blocks[number];
    if (!block) {
      block = new Uint8Array(BLOCK * ID_BYTES);
      blocks[number] = block;
    }
    return block;
  };
  const remember = (place: number) => {
    const [block, at] = [blockAt(place), (place % BLOCK) * ID_BYTES];
    if (block[at] !== 0) slots[slotOf(block, at)] = place + 1;
  };
  const makeRoom = () => {
    if (size * 2 < slots.length) return;
    const twice = slots.length * 2;
    letGo(slots);
    slots = new Uint32Array(twice);
    for (let place = 0; place < size; place++) remember(place);
  };

  for (const ids of stored) {
    blockAt(size).set(ids);
    for (const end = size + ids.length / ID_BYTES; size < end; size++) {
      makeRoom();
      remember(size);
    }
  }
  return {
    get size() {
      return size;
    },
    place(id) {
      makeRoom();
      const [block, at] = [blockAt(size), (size % BLOCK) * ID_BYTES];
      for (let letter = 0; letter < ID_BYTES; letter++) block[at + letter] = id.charCodeAt(letter);
      const slot = slotOf(block, at);
      const found = slots[slot] ?? 0;
      if (found !== 0) return found - 1;
      slots[slot] = ++size;
      return size - 1;
    },
    at: (place) => idAt(blockAt(place), place % BLOCK) ?? '',
    block: (number) => {
      const filled = Math.min(BLOCK, size - number * BLOCK);
      return (blocks[number] ?? new Uint8Array()).subarray(0, filled * ID_BYTES);
    },
    forget() {
      for (const block of blocks.splice(0)) letGo(block);
      letGo(slots);
      slots = new Uint32Array(FIRST_SLOTS);
      size = 0;
    },
  };
}

/** A buffer that is moved to one of no length is freed there and then. */
const letGo = ({ buffer }: Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>) => void buffer.transfer(0);

/** Ids are base64url of a hash, so that their letters need hardly any mixing. */
function hashAt(bytes: Uint8Array, at: number): number {
  let hash = 0;
  for (let letter = 0; letter < 8; letter++) hash = Math.imul(hash, 61) + (bytes[at + letter] ?? 0);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isSame(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let n = 0; n < ID_BYTES; n++) if (a[atA + n] !== b[atB + n]) return false;
  return true;
}

/** The ids of a block as texts; undefined where somebody is gone. */
export function idAt(ids: Uint8Array, slot: number): string | undefined {
  const at = slot * ID_BYTES;
  if (!ids[at]) return undefined;
  return Buffer.from(ids.buffer, ids.byteOffset + at, ID_BYTES).toString('latin1');
}

/** The slot of an id in a block; -1 where it is not there. */
export function slotOf(ids: Uint8Array, id: string): number {
  const wanted = Buffer.from(id, 'latin1');
  if (wanted.length !== ID_BYTES) return -1;
  const bytes = Buffer.from(ids.buffer, ids.byteOffset, ids.length);
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
    if (at % ID_BYTES === 0) return at / ID_BYTES;
  return -1;
}
