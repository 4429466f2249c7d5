const BITS = 27; // 16 MB, of which a small list touches little
const PROBES = 4;
const LETTERS = 5; // of base64url, 6 bits each, for one probe

/**
 * Tells ids that may have come before from those that certainly have not (a Bloom filter), so that only the former
 * need a look. Of a million ids, less than one in a million is suspected for nothing. Ids are base64url of a hash, so
 * their letters serve as the hashes.
 */
export function repeatedIds(): { maybeSeen(id: string): boolean } {
  const bits = new Uint8Array(2 ** (BITS - 3));
  return {
    maybeSeen(id) {
      let seen = true;
      for (let probe = 0; probe < PROBES; probe++) {
        const place = placeOf(id, probe * LETTERS);
        const [at, bit] = [place >>> 3, 1 << (place & 7)];
        if (((bits[at] ?? 0) & bit) === 0) {
          seen = false;
          bits[at] = (bits[at] ?? 0) | bit;
        }
      }
      return seen;
    },
  };
}

function placeOf(id: string, from: number): number {
  let place = 0;
  for (let at = from; at < from + LETTERS; at++) place = (place << 6) | (sixBits[id.charCodeAt(at)] ?? 0);
  return place & (2 ** BITS - 1);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const sixBits = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, alphabet.indexOf(String.fromCharCode(code))),
);
