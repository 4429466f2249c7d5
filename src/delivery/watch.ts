import { type Feedback, type FeedbackCounts, type FeedbackLimits, tooMuchTrouble } from './feedback.ts';

/** What a run looks out for, to pause by itself. */
export interface Watch {
  readonly limits: FeedbackLimits;
  readonly feedback?: Feedback | undefined;
}

const EVERY_MS = 10_000;

type Trouble = (
  counts: Pick<FeedbackCounts, 'accepted' | 'rejected'>,
  now: Temporal.Instant,
) => Promise<string | undefined>;

/**
 * Counts from the beginning of a run: whoever resumes after a pause has looked at it and means to go on. What comes
 * back later is asked for now and then.
 */
export function watchFor(watch: Watch | undefined, began: Temporal.Instant): Trouble {
  let asked = Number.NEGATIVE_INFINITY;
  let later = { bounced: 0, complained: 0 };
  return async (counts, now) => {
    if (!watch) return undefined;
    if (watch.feedback && now.epochMilliseconds - asked >= EVERY_MS) {
      asked = now.epochMilliseconds;
      later = await watch.feedback.since(began);
    }
    return tooMuchTrouble({ ...counts, ...later }, watch.limits);
  };
}
