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
  readonly to: Digest;
  readonly note: string;
}

/** Remembers what pages were before and after each edit, so that an edit can be undone. */
export interface EditHistory {
  /** Keeps a text and returns its content hash. */
  keep(text: string): Digest;
  record(edit: RecordedEdit): void;
  /** In the order in which they were made. */
  edits(): RecordedEdit[];
  text(digest: Digest): string;
}
