import type { Suppressed } from './suppression.ts';

/** Where one recipient stands: suppressed since, or allowed again. */
export interface SuppressionNews {
  readonly id: string;
  /** Undefined where they may be written to again. */
  readonly suppressed: Suppressed | undefined;
}

/** Up to where a copy knows the shared record. */
export interface Heard {
  /** Names the last telling that was heard: a record that does not know it is another one. */
  readonly telling: string;
  readonly upTo: number;
}

/** What the shared record answers. */
export interface Answer {
  readonly heard: Heard;
  readonly news: readonly SuppressionNews[];
  /** It is another record than the copy listened to, or was put back from a backup: it may know less. */
  readonly isOther: boolean;
}

/** Who must not be written to, as all machines of an office keep it together: for one client, or for all of them. */
export interface SharedSuppression {
  /** Whether a machine began it: then every other one needs the same key. */
  isBegun(): Promise<boolean>;
  /**
   * Tells what changed here, durably, and hears what changed elsewhere since. What is told as suppressed stays so whatever
   * was said before; what is told as allowed counts only where nothing newer was said meanwhile. Whoever has heard
   * nothing yet takes nothing back.
   *
   * @throws SUPPRESSION_OTHER_KEY where the ids of this machine are made with another key; LEDGER_UNREACHABLE
   */
  exchange(heard: Heard | undefined, told: readonly SuppressionNews[]): Promise<Answer>;
  /** Leaves no byte of what was replaced. */
  leaveNoTrace(): Promise<void>;
  close(): Promise<void>;
}

/** What a copy has to tell. */
export interface Untold {
  readonly heard: Heard | undefined;
  readonly news: readonly SuppressionNews[];
  /** Names the last of them, so that what changes meanwhile is told the next time. */
  readonly upTo: number;
}

/** The copy of one machine: what it keeps of its own, with a memory of what the others do not know yet. */
export interface SuppressionCopy {
  untold(): Untold;
  /**
   * Takes over what was heard, and forgets what was told. Nothing that changed here meanwhile is overwritten.
   *
   * @returns whether it did; false where it must be asked again, because another process did so first or because the
   *   record is another one, to which everything has to be told
   */
  take(told: Untold, answer: Answer): boolean;
  close(): void;
}

/** Makes a copy and the shared record equal: a union at the first time, and what is new from then on. */
export async function shareSuppression(copy: SuppressionCopy, shared: SharedSuppression): Promise<void> {
  for (;;) {
    const told = copy.untold();
    if (copy.take(told, await shared.exchange(told.heard, told.news))) return;
  }
}
