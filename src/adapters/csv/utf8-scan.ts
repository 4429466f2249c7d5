import { isAscii } from 'node:buffer';
import { sequenceLength } from './utf8.ts';

export interface Utf8Scan {
  /** Characters beyond ASCII that are whole. */
  readonly whole: number;
  /** Bytes that are part of no character. */
  readonly broken: number;
  /** The line of the first broken byte, from 1. */
  readonly firstBrokenLine: number;
  /** How often each byte value occurs, 256 numbers; those of ASCII letters may be missing. */
  readonly bytes: Float64Array;
}

const NUL = 0;
const LINE_FEED = 10;

/** Counts how far bytes are valid UTF-8. Chunks of plain ASCII, most of a list, are passed over quickly. */
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
      if (missing === 0 && isAscii(chunk) && !chunk.includes(NUL)) {
        for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) line++;
        return;
      }
      for (const byte of chunk) see(byte);
    },
    result() {
      if (missing > 0) breakOff(started);
      return { whole, broken, firstBrokenLine, bytes };
    },
  };
}
