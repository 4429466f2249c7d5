import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type Digest, sha256 } from '../../core/digest.ts';

/** Many texts under sorted names in one file, of which one is found without looking at the others. */
export interface TextTable {
  /** Names this very table: two that were written apart differ. */
  readonly id: Digest;
  readonly size: number;
  nameAt(place: number): string;
  /** Undefined where the text did not outlive a crash whole. */
  textAt(place: number): string | undefined;
  /** The place of a name, or -1. */
  find(name: string): number;
}

const DIGEST_BYTES = 64;
const COUNTS = 2;
/** For each text: where its name ends, where it ends, its checksum. */
const COLUMNS = 3;

/**
 * Writes a table in one step, and returns its id. It need not outlive a crash, so nothing waits for the disk.
 *
 * @param texts each name stands there once
 */
export function writeTable(file: string, texts: readonly (readonly [name: string, text: string])[]): Digest {
  const rows = inOrder(texts);
  const numbers = new Uint32Array(COUNTS + COLUMNS * rows.length);
  const nameBytes = Buffer.from(rows.map(([name]) => name).join(''));
  numbers[0] = rows.length;
  numbers[1] = nameBytes.length;
  let nameEnd = 0;
  let textEnd = 0;
  let column = COUNTS;
  for (const [name, text] of rows) {
    nameEnd += Buffer.byteLength(name);
    textEnd += Buffer.byteLength(text);
    numbers[column++] = nameEnd;
    numbers[column++] = textEnd;
    numbers[column++] = crc32(text);
  }
  const index = Buffer.concat([Buffer.from(numbers.buffer), nameBytes]);
  const id = sha256(index);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(
      temporary,
      Buffer.concat([Buffer.from(id, 'latin1'), index, Buffer.from(rows.map(([, text]) => text).join(''))]),
      { mode: 0o600, flag: 'wx' },
    );
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return id;
}

/** Sorted by name, as they mostly are. */
function inOrder(texts: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const isSorted = texts.every(([name], place) => place === 0 || (texts[place - 1]?.[0] ?? '') < name);
  return isSorted ? texts : [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Opens a table; undefined where there is none, or where its index did not outlive a crash whole. */
export function openTable(file: string): TextTable | undefined {
  try {
    return readTable(readFileSync(file));
  } catch {
    return undefined;
  }
}

function readTable(bytes: Buffer): TextTable | undefined {
  const start = bytes.byteOffset + DIGEST_BYTES;
  const [size = 0, nameLength = 0] = new Uint32Array(bytes.buffer, start, COUNTS);
  const numbers = new Uint32Array(bytes.buffer, start, COUNTS + COLUMNS * size);
  const namesAt = DIGEST_BYTES + numbers.byteLength;
  const textsAt = namesAt + nameLength;
  const id = bytes.toString('latin1', 0, DIGEST_BYTES);
  if (sha256(bytes.subarray(DIGEST_BYTES, textsAt)) !== id) return undefined;
  const end = (place: number, column: number) =>
    place < 0 ? 0 : (numbers[COUNTS + COLUMNS * place + column] ?? 0);
  const nameAt = (place: number) =>
    bytes.toString('utf8', namesAt + end(place - 1, 0), namesAt + end(place, 0));
  return {
    id,
    size,
    nameAt,
    textAt(place) {
      if (place < 0) return undefined;
      const body = bytes.subarray(textsAt + end(place - 1, 1), textsAt + end(place, 1));
      return crc32(body) === end(place, 2) ? body.toString() : undefined;
    },
    find(name) {
      let from = 0;
      for (let to = size; from < to; ) {
        const middle = (from + to) >> 1;
        if (nameAt(middle) < name) from = middle + 1;
        else to = middle;
      }
      return from < size && nameAt(from) === name ? from : -1;
    },
  };
}
