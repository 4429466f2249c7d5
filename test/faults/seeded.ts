/** A small seeded source of chance (mulberry32), so that a failing point can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * How many points a run tries, and from which seed: more under SEC_FAULT_POINTS, others under SEC_FAULT_SEED.
 *
 * @param share how many for each point that is asked for
 */
export const points = (usual: number, share = 1) =>
  process.env.SEC_FAULT_POINTS === undefined
    ? usual
    : Math.ceil(Number(process.env.SEC_FAULT_POINTS) * share);
export const seed = Number(process.env.SEC_FAULT_SEED ?? 20261121);
