import type { Recipient } from '../../audience/audience.ts';
import { Limiter } from './limiter.ts';

/** How fast a client's mail may go out: `sender.pace` of site.yaml. */
export interface PaceRule {
  readonly perSecond?: number | undefined;
  readonly perHour?: number | undefined;
  /** Most per hour to one domain; `*` for each domain that is not named. */
  readonly perDomain?: Readonly<Record<string, number>> | undefined;
  /** A new sender begins small: most on the first day, the second …; without a limit after the last. */
  readonly warmup?: { readonly from: string; readonly days: readonly number[] } | undefined;
}

export interface Room {
  /** How many may go now; Infinity without a limit. */
  readonly count: number;
  /** When to ask again where that is nobody: epoch milliseconds. */
  readonly next: number;
}

const SECOND = 1000;
const HOUR = 3_600_000;

/** Keeps a send to its pace. Times are the clock's: nothing here waits. */
export class Pace {
  readonly #rule: PaceRule;
  readonly #timezone: string;
  readonly #all: ReadonlyMap<string, Limiter>;
  readonly #domains = new Map<string, Limiter>();
  /** Names of limits of which more was taken since `told`. */
  #untold = new Set<string>();

  constructor(rule: PaceRule, timezone: string) {
    this.#rule = rule;
    this.#timezone = timezone;
    const all = new Map<string, Limiter>();
    if (rule.perSecond !== undefined) all.set('second', new Limiter(rule.perSecond, SECOND));
    if (rule.perHour !== undefined) all.set('hour', new Limiter(rule.perHour, HOUR));
    this.#all = all;
  }

  /** Learns what others took of a limit. @param name as `untold` called it */
  learn(name: string, ahead: number): void {
    const limiter = name.startsWith('@') ? this.#domain(name.slice(1)) : this.#all.get(name);
    limiter?.learn(ahead);
  }

  /** What was taken here since `told`, for others to learn. */
  untold(): { readonly name: string; readonly ahead: number }[] {
    return [...this.#untold].map((name) => {
      const limiter = name.startsWith('@') ? this.#domain(name.slice(1)) : this.#all.get(name);
      return { name, ahead: limiter?.ahead ?? 0 };
    });
  }

  told(): void {
    this.#untold = new Set();
  }

  /** The most of the day that `now` is in, and when that day began, where the sender is warming up. */
  today(now: Temporal.Instant): { readonly most: number; readonly since: Temporal.Instant } | undefined {
    const { warmup } = this.#rule;
    if (!warmup) return undefined;
    const midnight = now.toZonedDateTimeISO(this.#timezone).startOfDay();
    const day = Temporal.PlainDate.from(warmup.from).until(midnight.toPlainDate()).days;
    const most = day < 0 ? 0 : warmup.days[day];
    return most === undefined ? undefined : { most, since: midnight.toInstant() };
  }

  /** @param sentToday how many the client's mails went to since `today().since`, other campaigns included */
  room(now: Temporal.Instant, sentToday: number): Room {
    const ms = now.epochMilliseconds;
    const today = this.today(now);
    const left = today ? Math.max(0, today.most - sentToday) : Number.POSITIVE_INFINITY;
    const count = Math.min(left, ...this.#all.values().map((limiter) => limiter.room(ms)));
    if (count > 0) return { count, next: ms };
    if (left > 0)
      return { count: 0, next: Math.max(...this.#all.values().map((limiter) => limiter.next(ms))) };
    const tomorrow = now.toZonedDateTimeISO(this.#timezone).startOfDay().add({ days: 1 });
    return { count: 0, next: tomorrow.epochMilliseconds };
  }

  /**
   * Until when a recipient has to wait because enough goes to their domain: epoch milliseconds, undefined for not at
   * all. That moment is theirs: they are asked about once, and not at each claim.
   */
  postpone({ key }: Recipient, now: Temporal.Instant): number | undefined {
    const domain = key.slice(key.lastIndexOf('@') + 1);
    const limiter = this.#domain(domain);
    if (limiter) this.#untold.add(`@${domain}`);
    const due = limiter?.book(now.epochMilliseconds);
    return due !== undefined && due > now.epochMilliseconds ? due : undefined;
  }

  /** Says that so many went out. */
  took(count: number, now: Temporal.Instant): void {
    if (count === 0) return;
    for (const [name, limiter] of this.#all) {
      limiter.take(count, now.epochMilliseconds);
      this.#untold.add(name);
    }
  }

  #domain(domain: string): Limiter | undefined {
    const known = this.#domains.get(domain);
    if (known) return known;
    const most = this.#rule.perDomain?.[domain] ?? this.#rule.perDomain?.['*'];
    if (most === undefined) return undefined;
    const limiter = new Limiter(most, HOUR);
    this.#domains.set(domain, limiter);
    return limiter;
  }
}
