export type PutResult = 'added' | 'updated' | 'unchanged' | 'duplicate';

/** How many rows came to one end, and the lines of the first of them. */
export interface Outcome {
  readonly count: number;
  readonly lines: readonly number[];
}

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

export type Outcomes<Name extends string> = Readonly<Record<Name, Outcome>>;

/** How many lines of each outcome are kept as examples. */
const EXAMPLES = 3;

/** Counts outcomes in whatever order they come, and keeps the first lines of each. */
export function outcomeCounter<Name extends string>(names: readonly Name[]) {
  const empty = (): { count: number; lines: number[] } => ({ count: 0, lines: [] });
  const seen = Object.fromEntries(names.map((name) => [name, empty()])) as Record<
    Name,
    ReturnType<typeof empty>
  >;
  return {
    add(name: Name, line: number): void {
      const outcome = seen[name];
      outcome.count++;
      if (outcome.lines.length === EXAMPLES && line > (outcome.lines.at(-1) ?? 0)) return;
      outcome.lines = [...outcome.lines, line].sort((a, b) => a - b).slice(0, EXAMPLES);
    },
    outcomes: (): Outcomes<Name> => seen,
  };
}

/** The counts of the contract. */
export function countsOf(outcomes: Outcomes<RowOutcome>): ImportCounts {
  const { added, updated, unchanged, duplicate, suppressed, rejected } = outcomes;
  const rows = Object.values(outcomes).reduce((sum, { count }) => sum + count, 0);
  return {
    rows,
    added: added.count,
    updated: updated.count,
    unchanged: unchanged.count,
    duplicates: duplicate.count,
    suppressed: suppressed.count,
    rejected: rejected.count,
  };
}
