import type { Clock, Sleep } from '../core/clock.ts';
import { fail } from '../core/errors/index.ts';
import { tick, type Work } from '../core/progress.ts';
import type { Control, Ledger } from './ledger.ts';
import { span } from './meter.ts';

/** `2026-12-24 09:00 (Europe/Riga)` */
export function momentText(at: Temporal.Instant, timezone = 'UTC'): string {
  const local = at.toZonedDateTimeISO(timezone);
  return `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} (${timezone})`;
}

/** A send that is this late was forgotten, or its machine slept: the news in it may be old by now. */
const GRACE = Temporal.Duration.from({ hours: 1 });
const LONGEST_SLEEP_MS = 10_000;

/** @throws SCHEDULE_OVERDUE for a beginning that was missed by more than an hour */
export function checkOverdue(
  { client, campaign, timezone }: { client: string; campaign: string; timezone?: string | undefined },
  at: Temporal.Instant,
  now: Temporal.Instant,
): void {
  if (Temporal.Instant.compare(now, at.add(GRACE)) > 0)
    throw fail('SCHEDULE_OVERDUE', {
      client,
      campaign,
      at: momentText(at, timezone),
      late: span(at.until(now).total('seconds')),
    });
}

export interface WaitOptions {
  readonly campaign: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
}

/** Waits for the campaign's beginning, whatever a person may make of it meanwhile: it is looked up each time. */
export async function* untilScheduled({
  campaign,
  ledger,
  clock,
  sleep,
  signal,
}: WaitOptions): Work<Control | 'interrupted'> {
  for (;;) {
    const record = await ledger.campaign(campaign);
    if (signal.aborted) return 'interrupted';
    if (record?.control !== 'go') return record?.control ?? 'go';
    const { scheduledFor } = record;
    const left = scheduledFor ? clock.now().until(scheduledFor).total('milliseconds') : 0;
    if (left <= 0) return 'go';
    yield tick(0, undefined, `begins in ${span(left / 1000)}`);
    await sleep(Math.min(left, LONGEST_SLEEP_MS), signal);
  }
}
