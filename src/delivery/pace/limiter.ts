/** Share of a limit that may go out at once: a commit of the ledger for each single mail would slow everything down. */
const BURST_SHARE = 0.05;

/**
 * Holds a stream to so many in any span of so long, evenly (GCRA: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm).
 * With a burst of b and one every span / (n − b + 1) after it, no span ever holds more than n.
 */
export class Limiter {
  readonly #interval: number;
  readonly #burst: number;
  #ahead = Number.NEGATIVE_INFINITY;

  /** @param most so many in any `spanMs` milliseconds */
  constructor(most: number, spanMs: number) {
    this.#burst = Math.max(1, Math.floor(most * BURST_SHARE));
    this.#interval = spanMs / (most - this.#burst + 1);
  }

  /** Until when (epoch milliseconds) all is taken, were it taken one by one: what has to be remembered. */
  get ahead(): number {
    return this.#ahead;
  }

  /** Learns what others took. */
  learn(ahead: number): void {
    this.#ahead = Math.max(this.#ahead, ahead);
  }

  /** How many may go at this moment. @param now epoch milliseconds */
  room(now: number): number {
    return Math.max(0, Math.floor(this.#burst - Math.max(0, this.#ahead - now) / this.#interval + 1e-9));
  }

  take(count: number, now: number): void {
    this.#ahead = Math.max(this.#ahead, now) + count * this.#interval;
  }

  /** When the next one may go: epoch milliseconds, `now` where it may at once. */
  next(now: number): number {
    return Math.max(now, Math.ceil(this.#ahead - (this.#burst - 1) * this.#interval));
  }

  /** Books the next free moment for somebody who has to come back for it. */
  book(now: number): number {
    const at = this.next(now);
    this.take(1, now);
    return at;
  }
}
