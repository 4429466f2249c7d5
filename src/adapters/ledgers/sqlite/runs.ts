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
  /** One for each row, as JSON. */
  readonly providers: string;
}

/** Puts moves together that one statement can store. @param moves in the order of their ids, for few runs */
export function runsOf(moves: readonly Move[]): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < moves.length; ) {
    let end = from + 1;
    while (end < moves.length && follows(moves[end - 1], moves[end])) end++;
    const [first, last] = [moves[from], moves[end - 1]];
    if (first && last) {
      const providers = JSON.stringify(moves.slice(from, end).map(({ to }) => to.providerId));
      runs.push({ first: first.id, last: last.id, to: first.to, providers });
    }
    from = end;
  }
  return runs;
}

const follows = (one: Move | undefined, next: Move | undefined) =>
  one !== undefined && next?.id === one.id + 1 && isSameStep(one.to, next.to);

const isSameStep = (a: Standing, b: Standing) =>
  a.state === b.state && a.attempt === b.attempt && a.due === b.due && a.reason === b.reason;
