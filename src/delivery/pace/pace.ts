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
  readonly #all: readonly Limiter[];
  readonly #domains = new Map<string, Limiter>();

  constructor(rule: PaceRule, timezone: string) {
    this.#rule = rule;
    this.#timezone = timezone;
    this.#all = [
      ...(rule.perSecond === undefined ? [] : [new Limiter(rule.perSecond, SECOND)]),
      ...(rule.perHour === undefined ? [] : [new Limiter(rule.perHour, HOUR)]),
    ];
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
    const count = Math.min(left, ...this.#all.map((limiter) => limiter.room(ms)));
    if (count > 0) return { count, next: ms };
    if (left > 0) return { count: 0, next: Math.max(...this.#all.map((limiter) => limiter.next(ms))) };
    const tomorrow = now.toZonedDateTimeISO(this.#timezone).startOfDay().add({ days: 1 });
    return { count: 0, next: tomorrow.epochMilliseconds };
  }

  /**
   * Until when a recipient has to wait because enough goes to their domain: epoch milliseconds, undefined for not at
   * all. That moment is theirs: they are asked about once, and not at each claim.
   */
  postpone({ key }: Recipient, now: Temporal.Instant): number | undefined {
    const domain = key.slice(key.lastIndexOf('@') + 1);
    const limiter = this.#domains.get(domain) ?? this.#begin(domain);
    const due = limiter?.book(now.epochMilliseconds);
    return due !== undefined && due > now.epochMilliseconds ? due : undefined;
  }

  /** Says that so many went out. */
  took(count: number, now: Temporal.Instant): void {
    for (const limiter of this.#all) limiter.take(count, now.epochMilliseconds);
  }

  #begin(domain: string): Limiter | undefined {
    const most = this.#rule.perDomain?.[domain] ?? this.#rule.perDomain?.['*'];
    if (most === undefined) return undefined;
    const limiter = new Limiter(most, HOUR);
    this.#domains.set(domain, limiter);
    return limiter;
  }
}
