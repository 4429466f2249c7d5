import { spawnSync } from 'node:child_process';

/** Medians of two things measured in turn, A B A B …, so that a machine that slows down slows both. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
  /** Median of the ratios pair by pair, ours / peer. */
  readonly ratio: number;
}

/** Measures both `rounds` times after one round that does not count; each function returns its own figure. */
export async function inPairs(
  rounds: number,
  ours: () => number | Promise<number>,
  peer: () => number | Promise<number>,
): Promise<Pair> {
  const pairs: { ours: number; peer: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = { ours: await ours(), peer: await peer() };
    if (round > 0) pairs.push(pair);
  }
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.peer)),
    ratio: median(pairs.map((pair) => pair.ours / pair.peer)),
  };
}

/** The middle of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Wall time of a whole process in milliseconds. @throws where it does not end with 0 */
export function processTime(command: string, args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
