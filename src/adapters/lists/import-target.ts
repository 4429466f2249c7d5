import type { ImportTransaction } from '../../audience/list-store.ts';

/** What people are imported into. */
export interface ImportTarget {
  readonly list: number;
  readonly importId: number;
  /** For each field of the file, its place among the list's columns. */
  readonly places: readonly number[];
  /** How many columns the list has. */
  readonly width: number;
  /** Which field of the file is the language. */
  readonly language: number;
}

/** One way of taking people over. */
export type Taker = Pick<ImportTransaction, 'put' | 'finish'>;
