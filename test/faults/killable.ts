import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Ledger } from '../../src/delivery/ledger.ts';
import { isBalanced } from '../../src/delivery/tally.ts';
import { recipient } from '../delivery/fixtures.ts';
import type { ChildOrder } from '../support/send-child.ts';

const CHILD = fileURLToPath(new URL('../support/send-child.ts', import.meta.url));

/** One life of a sending process. */
export interface Life {
  /** Ends it as a power cut would: no handler runs. */
  kill(): void;
  /** Resolves when it is gone: its exit code, or null where it was killed. */
  readonly end: Promise<number | null>;
  /** What it wrote to stderr. */
  readonly complaint: () => string;
  onProgress(listener: () => void): void;
}

export function startLife(order: ChildOrder, env: Record<string, string> = {}): Life {
  const child: ChildProcess = spawn(process.execPath, [CHILD, JSON.stringify(order)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return {
    kill: () => void child.kill('SIGKILL'),
    end: once(child, 'close').then(([code]) => code as number | null),
    complaint: () => complaint,
    onProgress: (listener) => void child.stdout?.on('data', listener),
  };
}

export interface Account {
  readonly doubled: number;
  readonly lost: number;
  readonly falselyAccepted: number;
  readonly inDoubt: number;
  readonly unaccounted: number;
}

/**
 * Holds what the ledger says against what the other side counted.
 *
 * @param taken how often the other side took a mail for each address
 */
export async function account(
  ledger: Ledger,
  count: number,
  taken: ReadonlyMap<string, number>,
): Promise<Account> {
  const tally = await ledger.tally('spring');
  const doubts = new Set((await ledger.doubts('spring')).map(({ address }) => address));
  const people = Array.from({ length: count }, (_, n) => recipient(n).address);
  const certain = people.filter((address) => !doubts.has(address));
  const takenFor = (address: string) => taken.get(address) ?? 0;
  return {
    doubled: people.filter((address) => takenFor(address) > 1).length,
    lost: certain.filter((address) => takenFor(address) === 0).length,
    falselyAccepted: Math.max(0, tally.accepted - certain.filter((address) => takenFor(address) > 0).length),
    inDoubt: doubts.size,
    unaccounted:
      isBalanced(tally) && tally.candidates === count ? count - tally.accepted - doubts.size : count,
  };
}
