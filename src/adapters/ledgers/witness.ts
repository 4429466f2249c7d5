import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

/**
 * Remembers outside the ledger how far the ledger had come: a number that grows with the beginning and the end of
 * every run. A ledger that is behind it was put back from a copy or begun anew, and does not know of everybody who
 * has had mail.
 */
export interface Witness {
  /** @throws LEDGER_OLD, LEDGER_UNKNOWN */
  check(generation: number): void;
  /** Is on the disk when this returns. */
  note(generation: number): void;
}

/** @param file where it is kept; made at the first note, for its owner alone */
export function openWitness(file: string): Witness {
  const seen = () => {
    const text = read(file);
    if (text === undefined) return 0;
    if (!/^\d{1,15}\n$/.test(text))
      throw fail('LEDGER_UNKNOWN', { problem: 'the witness beside it is damaged' });
    return Number(text);
  };
  return {
    check(generation) {
      if (generation < seen()) throw fail('LEDGER_OLD', { witness: file });
    },
    note(generation) {
      privateFolder(dirname(file));
      writeFileAtomic(file, `${Math.max(generation, seen())}\n`, 0o600);
    },
  };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
