/** A finding of `sec site check` or `sec promo check`, in words that a non-programmer understands. */
export interface Problem {
  /** Relative to the workspace. */
  readonly file: string;
  /** From 1; absent where the finding concerns the whole file. */
  readonly line?: number;
  /** The rule's permanent name, such as `missing-alt`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong. */
  readonly message: string;
  /** How to mend it. */
  readonly fix: string;
}
