/** What came back after mails were taken: bounces and complaints of this campaign. */
export interface Feedback {
  /** Counted since a moment. The room of events fills it; without it only what servers refuse at once is known. */
  since(at: Temporal.Instant): Promise<{ readonly bounced: number; readonly complained: number }>;
}

/** Shares, in per cent of the mails that were answered, from which on a send pauses by itself. */
export interface FeedbackLimits {
  readonly bounces: number;
  readonly complaints: number;
}

export interface FeedbackCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly bounced: number;
  readonly complained: number;
}

/** Fewer answers say nothing: one wrong address out of three is no sign of a bad list. */
const FEWEST_ANSWERS = 100;

/**
 * Why a run should pause, in plain words; undefined where all is well. Large mail boxes block a sender for less:
 * Gmail wants complaints never to reach 0.3 % (https://support.google.com/a/answer/81126).
 */
export function tooMuchTrouble(
  { accepted, rejected, bounced, complained }: FeedbackCounts,
  limits: FeedbackLimits,
): string | undefined {
  const answers = accepted + rejected;
  if (answers < FEWEST_ANSWERS) return undefined;
  const percent = (count: number) => (100 * count) / answers;
  const says = (count: number, what: string, limit: number) =>
    `${count} of ${answers} ${what} (${percent(count).toFixed(1)} %, the limit is ${limit} %)`;
  if (percent(rejected + bounced) > limits.bounces)
    return says(rejected + bounced, 'came back or were refused', limits.bounces);
  if (percent(complained) > limits.complaints)
    return says(complained, 'were reported as unwanted', limits.complaints);
  return undefined;
}
