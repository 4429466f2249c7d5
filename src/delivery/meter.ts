import type { Answered } from './ledger.ts';
import type { Outcome } from './outcome.ts';

const SPAN_MS = 20_000;
const FIRST_MS = 2_000;

/** Watches a campaign go by: how fast it is, how long it will take, what did not go as it should. */
export class Meter {
  readonly #total: number;
  readonly #before: Answered | undefined;
  #together: Answered | undefined;
  readonly #samples: { readonly at: number; readonly done: number }[] = [];
  /** What this run saw itself. */
  readonly counts = { accepted: 0, rejected: 0, inDoubt: 0, deferred: 0, notSent: 0 };

  /**
   * @param total how many are to be written to
   * @param before what was answered by then to all who are at work together; absent for one alone
   */
  constructor(total: number, before?: Answered) {
    this.#total = total;
    this.#before = before;
  }

  /** Those whose mail was dealt with since the beginning of this run, one way or the other, whoever sent it. */
  get done(): number {
    const { accepted, rejected, inDoubt } = this.#answers();
    return accepted + rejected + inDoubt;
  }

  /** @param answered what came back to all who are at work together; absent for one alone */
  see(outcomes: readonly Outcome[], now: Temporal.Instant, answered?: Answered): void {
    for (const { kind } of outcomes) this.counts[kind]++;
    this.#together = answered;
    const at = now.epochMilliseconds;
    this.#samples.push({ at, done: this.done });
    while (this.#samples.length > 2 && (this.#samples[0]?.at ?? at) < at - SPAN_MS) this.#samples.shift();
  }

  /** `2 refused, 1 in doubt, 120/s, about 3 min left`; undefined where there is nothing to tell yet. */
  note(): string | undefined {
    const { deferred } = this.counts;
    const { rejected, inDoubt } = this.#answers();
    const parts = [
      rejected > 0 ? `${rejected} refused` : '',
      deferred > 0 ? `${deferred} put off` : '',
      inDoubt > 0 ? `${inDoubt} in doubt` : '',
      ...this.#speed(),
    ].filter((part) => part !== '');
    return parts.length > 0 ? parts.join(', ') : undefined;
  }

  #answers(): Answered {
    const [before, now] = [this.#before, this.#together];
    if (!before || !now) return this.counts;
    return {
      accepted: now.accepted - before.accepted,
      rejected: now.rejected - before.rejected,
      inDoubt: now.inDoubt - before.inDoubt,
    };
  }

  #speed(): string[] {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < FIRST_MS || last.done === first.done) return [];
    const perSecond = (1000 * (last.done - first.done)) / (last.at - first.at);
    const rate = perSecond >= 1 ? `${Math.round(perSecond)}/s` : `${Math.round(3600 * perSecond)}/h`;
    return [rate, `about ${span((this.#total - this.done) / perSecond)} left`];
  }
}

/** A span of time as a person says it. */
export function span(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
