import type { ImportTransaction } from '../../audience/list-store.ts';
import type { Arrangement } from './row-text.ts';

/** What people are imported into. */
export interface ImportTarget extends Arrangement {
  readonly list: number;
  readonly importId: number;
  /** The id of an address key at this client. */
  idOf(addressKey: string): string;
}

/** A way of taking people over. */
export type Taker = Pick<ImportTransaction, 'identify' | 'put' | 'finish'>;
