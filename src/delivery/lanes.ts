import type { Settlement } from './ledger.ts';

export interface LaneResult {
  readonly settlement: Settlement;
  /** Whether the lane may take another chunk. */
  readonly keep: boolean;
  /** Resolves when it may; absent for at once. */
  readonly rest?: Promise<void>;
}

/** The chunks under way: as many at once as the transport allows, fewer when lanes turn out not to work. */
export class Lanes {
  #open: number;
  #sending = 0;
  readonly #busy = new Set<Promise<void>>();
  readonly #settled: Settlement[] = [];

  constructor(count: number) {
    this.#open = count;
  }

  /** Lanes that are not given up. */
  get open(): number {
    return this.#open;
  }

  /** Lanes that could take a chunk now. */
  get free(): number {
    return this.#open - this.#busy.size;
  }

  /** Chunks whose outcome is not known yet. */
  get sending(): number {
    return this.#sending;
  }

  /** `work` must not reject. */
  start(work: Promise<LaneResult>): void {
    this.#sending++;
    const lane: Promise<void> = work.then(({ settlement, keep, rest }) => {
      this.#sending--;
      this.#settled.push(settlement);
      this.#busy.delete(lane);
      if (!keep) this.#open--;
      else if (rest) this.#rest(rest);
    });
    this.#busy.add(lane);
  }

  /**
   * Waits until a chunk came back or a rest is over.
   *
   * @param gather waits a moment for others to come back, so that they share a commit
   */
  async wait(gather?: () => Promise<void>): Promise<void> {
    if (this.#settled.length === 0) await Promise.race(this.#busy);
    if (this.#settled.length > 0 && this.#sending > 0) await gather?.();
  }

  /** All settlements that there are. */
  collect(): Settlement[] {
    return this.#settled.splice(0);
  }

  /** Waits for everything that is in flight. */
  async drain(): Promise<Settlement[]> {
    while (this.#sending > 0) await Promise.race(this.#busy);
    return this.collect();
  }

  /** Whether there is anything to wait for, or to collect. */
  get busy(): boolean {
    return this.#busy.size > 0 || this.#settled.length > 0;
  }

  #rest(rest: Promise<void>): void {
    const resting: Promise<void> = rest.then(() => {
      this.#busy.delete(resting);
    });
    this.#busy.add(resting);
  }
}
