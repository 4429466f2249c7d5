import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
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
    // A life is short: what the one before compiled is read again.
    env: { ...process.env, NODE_COMPILE_CACHE: join(order.dir, 'compiled'), ...env },
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

/** What must come of any number of faults, besides those in doubt. */
export const nothingWrong = { doubled: 0, lost: 0, falselyAccepted: 0, unaccounted: 0 };

/** Accounts of several campaigns in one. */
export const sumOf = (accounts: readonly Account[]): Account =>
  accounts.reduce(
    (sum, one) => ({
      doubled: sum.doubled + one.doubled,
      lost: sum.lost + one.lost,
      falselyAccepted: sum.falselyAccepted + one.falselyAccepted,
      inDoubt: sum.inDoubt + one.inDoubt,
      unaccounted: sum.unaccounted + one.unaccounted,
    }),
    { ...nothingWrong, inDoubt: 0 },
  );

/**
 * Holds what the ledger says against what the other side counted.
 *
 * @param taken how often the other side took a mail for each address
 */
export async function account(
  ledger: Ledger,
  count: number,
  taken: ReadonlyMap<string, number>,
  campaign = 'spring',
): Promise<Account> {
  const tally = await ledger.tally(campaign);
  const doubts = new Set((await ledger.doubts(campaign)).map(({ address }) => address));
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
