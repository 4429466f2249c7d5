/** The time, as a port: the real one lives in the context, tests and `--clock` hand in another. */
export interface Clock {
  now(): Temporal.Instant;
}

/** Waits so long, or until the signal. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** A clock that stands still. */
export function fixedClock(at: Temporal.Instant | string): Clock {
  const instant = Temporal.Instant.from(at);
  return { now: () => instant };
}
