import { isAscii, isUtf8 } from 'node:buffer';
import { completeUtf8Length, sequenceLength } from './utf8.ts';

export interface Utf8Scan {
  /** Characters beyond ASCII that are whole; a chunk without a fault counts as one. */
  readonly whole: number;
  /** Bytes that are part of no character. */
  readonly broken: number;
  /** The line of the first broken byte, from 1. */
  readonly firstBrokenLine: number;
  /** How often each byte value occurs in the chunks that are not valid UTF-8, 256 numbers. */
  readonly bytes: Float64Array;
}

const NUL = 0;
const LINE_FEED = 10;

/** Counts how far bytes are valid UTF-8. Chunks without a fault, all of most lists, are passed over quickly. */
export function createUtf8Scan(): { add(chunk: Buffer): void; result(): Utf8Scan } {
  const bytes = new Float64Array(256);
  let whole = 0;
  let broken = 0;
  let line = 1;
  let firstBrokenLine = 0;
  let missing = 0;
  let started = 0;

  const breakOff = (count: number) => {
    if (broken === 0) firstBrokenLine = line;
    broken += count;
    missing = 0;
  };
  const see = (byte: number) => {
    bytes[byte] = (bytes[byte] ?? 0) + 1;
    if (missing > 0 && (byte & 0xc0) === 0x80) {
      started++;
      if (--missing === 0) whole++;
      return;
    }
    if (missing > 0) breakOff(started);
    const length = sequenceLength(byte);
    if (length === 0) breakOff(1);
    missing = Math.max(0, length - 1);
    started = 1;
    if (byte === LINE_FEED) line++;
  };

  return {
    add(chunk) {
      const faultless = missing === 0 ? chunk.subarray(0, completeUtf8Length(chunk)) : chunk.subarray(0, 0);
      if (!isUtf8(faultless) || faultless.includes(NUL)) {
        for (const byte of chunk) see(byte);
        return;
      }
      if (!isAscii(faultless)) whole++;
      for (let at = faultless.indexOf(LINE_FEED); at >= 0; at = faultless.indexOf(LINE_FEED, at + 1)) line++;
      for (const byte of chunk.subarray(faultless.length)) see(byte);
    },
    result() {
      if (missing > 0) breakOff(started);
      return { whole, broken, firstBrokenLine, bytes };
    },
  };
}
