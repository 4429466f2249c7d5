/** Where rejected rows are written to while an import runs: a file that nobody sees before it is kept. */
export interface RejectSink {
  write(text: string): void;
  /** Makes the file durable and visible. @returns its path as results name it, or null where nothing was written */
  keep(): string | null;
  /** Removes what was written and not kept. */
  discard(): void;
}
