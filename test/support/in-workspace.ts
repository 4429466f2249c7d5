import { join } from 'node:path';
import { secHere } from './in-process.ts';

export interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. Throws where it is not exactly one JSON value. */
  json<T = Record<string, unknown>>(): T;
}

/** Runs command lines in this process on the workspace in `dir`; words that end in .csv name files of it. */
export function inWorkspace(dir: string): (...words: string[]) => Promise<Told> {
  return async (...words) => {
    const placed = words.map((word) => (/^\.?\w[\w./-]*\.csv$/.test(word) ? join(dir, word) : word));
    const told = await secHere([...placed, '--workspace', dir]);
    return { ...told, json: () => JSON.parse(told.stdout) };
  };
}
