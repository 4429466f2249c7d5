import { isUtf8 } from 'node:buffer';
import { fail } from '../../core/errors/index.ts';
import type { Encoding } from './encoding.ts';
import { completeUtf8Length } from './utf8.ts';

/** Turns a file's bytes into UTF-8, chunk by chunk. */
export interface Decoder {
  write(bytes: Buffer): Uint8Array;
  end(): Uint8Array;
}

/**
 * A decoder for one pass over a file. UTF-8 goes through as it is, and is checked again on the way.
 *
 * @throws CSV_CHANGED out of `write` and `end`, where the bytes are no longer what was found out before
 */
export async function createDecoder({ id, bomBytes }: Encoding, file: string): Promise<Decoder> {
  const start = skipper(bomBytes);
  if (id === 'utf-8') {
    let carry: Buffer = Buffer.alloc(0);
    return {
      write(bytes) {
        const all = carry.length > 0 ? Buffer.concat([carry, start(bytes)]) : start(bytes);
        const whole = all.subarray(0, completeUtf8Length(all));
        carry = all.subarray(whole.length);
        if (!isUtf8(whole)) throw fail('CSV_CHANGED', { file });
        return whole;
      },
      end() {
        if (carry.length > 0) throw fail('CSV_CHANGED', { file });
        return carry;
      },
    };
  }
  const { default: iconv } = await import('iconv-lite');
  const decoder = iconv.getDecoder(id, { stripBOM: false });
  return {
    write: (bytes) => Buffer.from(decoder.write(start(bytes))),
    end: () => Buffer.from(decoder.end() ?? ''),
  };
}

function skipper(bytes: number): (chunk: Buffer) => Buffer {
  let left = bytes;
  return (chunk) => {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    return chunk.subarray(skipped);
  };
}
