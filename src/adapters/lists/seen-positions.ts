/** Remembers positions in a list at a bit each: a million of them in 125 kB. */
export function seenPositions(): { add(position: number): boolean } {
  let bits = new Uint8Array(1024);
  return {
    /** @returns whether it was new */
    add(position) {
      const [at, bit] = [position >>> 3, 1 << (position & 7)];
      if (at >= bits.length) {
        const larger = new Uint8Array(Math.max(at + 1, bits.length * 2));
        larger.set(bits);
        bits = larger;
      }
      const isNew = ((bits[at] ?? 0) & bit) === 0;
      bits[at] = (bits[at] ?? 0) | bit;
      return isNew;
    },
  };
}
