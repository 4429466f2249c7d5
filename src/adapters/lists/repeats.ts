const BLOCK_LETTERS = 3; // 2^18 blocks of 512 bits: 16 MB, of which a small list touches little
const PROBES = 4;

/**
 * Tells ids that may have come before from those that certainly have not (a Bloom filter with blocks of one cache
 * line), so that only the former need a look. Of a million ids, a few are suspected for nothing. Ids are base64url of a
 * hash, so their letters serve as the hashes.
 */
export function repeatedIds(): { maybeSeen(id: string): boolean } {
  const bits = new Uint8Array(2 ** (6 * BLOCK_LETTERS) * 64);
  return {
    maybeSeen(id) {
      const block = lettersAt(id, 0, BLOCK_LETTERS) * 64;
      let seen = true;
      for (let probe = 0; probe < PROBES; probe++) {
        const place = lettersAt(id, BLOCK_LETTERS + probe * 2, 2) & 511;
        const [at, bit] = [block + (place >>> 3), 1 << (place & 7)];
        if (((bits[at] ?? 0) & bit) !== 0) continue;
        seen = false;
        bits[at] = (bits[at] ?? 0) | bit;
      }
      return seen;
    },
  };
}

function lettersAt(id: string, from: number, letters: number): number {
  let value = 0;
  for (let at = from; at < from + letters; at++) value = (value << 6) | (sixBits[id.charCodeAt(at)] ?? 0);
  return value;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const sixBits = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, alphabet.indexOf(String.fromCharCode(code))),
);
