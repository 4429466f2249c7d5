import type { PutResult } from './list-store.ts';

/** What became of the rows of a file: `rows` is the sum of all the others. */
export interface ImportCounts {
  readonly rows: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly duplicates: number;
  readonly suppressed: number;
  readonly rejected: number;
}

export type RowOutcome = PutResult | 'suppressed' | 'rejected';

/** Counts outcomes as they come. */
export function rowCounter(): { add(outcome: RowOutcome): void; counts(): ImportCounts } {
  const seen: Record<RowOutcome, number> = {
    added: 0,
    updated: 0,
    unchanged: 0,
    duplicate: 0,
    suppressed: 0,
    rejected: 0,
  };
  let rows = 0;
  return {
    add(outcome) {
      rows++;
      seen[outcome]++;
    },
    counts() {
      const { added, updated, unchanged, duplicate, suppressed, rejected } = seen;
      return { rows, added, updated, unchanged, duplicates: duplicate, suppressed, rejected };
    },
  };
}
