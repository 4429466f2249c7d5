/** Wakes a worker for a campaign that was put up. What is to be sent to whom is in the ledger, not here. */
export interface Wake {
  readonly client: string;
  readonly campaign: string;
  /** Whether it was put up to go out under the client's approval alone, also where the rules ask for none. */
  readonly requireApproval?: boolean;
}

/**
 * Carries wakes to workers, each to one of them: at least once, so that a wake may come again. Coming twice is
 * harmless, because the ledger lets in one writer and knows who has had the mail.
 */
export interface WakeQueue {
  /** Is kept durably when this returns. @param at not before then; at once unless said */
  put(wake: Wake, at?: Temporal.Instant): Promise<void>;
  /**
   * Takes wakes, up to `most` at once. A wake counts as done when `take` returns, comes again after it throws, and
   * goes to another worker when this one is gone.
   */
  work(most: number, take: (wake: Wake) => Promise<void>): Promise<void>;
  /** Takes no more; those that were taken are finished first. */
  close(): Promise<void>;
}
