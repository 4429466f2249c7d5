import type { Standing } from '../../../delivery/state.ts';

/** A row, and where it stands from now on. */
export interface Move {
  readonly id: number;
  readonly to: Standing;
}

/** Rows without a gap that take the same step, but for what the provider calls each: one statement moves them all. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly to: Standing;
  /** In the order of the rows. */
  readonly moves: readonly Move[];
}

/** Puts moves together that one statement can store. @param moves in the order of their ids, for few runs */
export function runsOf(moves: readonly Move[]): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const [n, move] of moves.entries()) {
    const next = moves[n + 1];
    if (next?.id === move.id + 1 && isSameStep(move.to, next.to)) continue;
    const first = move.id - (n - from);
    runs.push({ first, last: move.id, to: move.to, moves: moves.slice(from, n + 1) });
    from = n + 1;
  }
  return runs;
}

const isSameStep = (a: Standing, b: Standing) =>
  a.state === b.state && a.attempt === b.attempt && a.due === b.due && a.reason === b.reason;
