import type { Digest } from '../../core/digest.ts';

/** One edit of one page, as it is remembered. */
export interface RecordedEdit {
  /** ISO instant. */
  readonly at: string;
  readonly by: string;
  /** Below content/. */
  readonly path: string;
  /** Content hash before; `null` for a page that was new. */
  readonly from: Digest | null;
  /** Content hash after; `null` for a page that is gone. */
  readonly to: Digest | null;
  readonly note: string;
  /** The number of the edit that this one took back. */
  readonly undoes?: number;
}

/** Remembers what pages were before and after each edit, so that an edit can be undone. */
export interface EditHistory {
  /** Keeps a text and returns its content hash. */
  keep(text: string): Digest;
  record(edit: RecordedEdit): void;
  /** In the order in which they were made. */
  edits(): RecordedEdit[];
  /** Undefined where the text is not kept any more. */
  text(digest: Digest): string | undefined;
}
