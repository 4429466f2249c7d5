import type { PackedInput } from './pack-input.ts';

/** What a thread of the crew is started with. */
export interface CrewStart {
  readonly objects: string;
  readonly input: PackedInput;
}

/** Which pages are to be made. */
export interface CrewOrder {
  readonly ids: readonly string[];
  readonly taken: SharedArrayBuffer;
}

/** Few enough that nobody waits long for the last ones, and enough that taking them costs nothing. */
const AT_ONCE = 25;

/** A list from which several threads take: each place is taken once. */
export function createQueue(length: number, taken = new SharedArrayBuffer(4)) {
  const next = new Int32Array(taken);
  return {
    taken,
    take(): { from: number; to: number } | undefined {
      const from = Atomics.add(next, 0, AT_ONCE);
      return from < length ? { from, to: Math.min(from + AT_ONCE, length) } : undefined;
    },
  };
}
