import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import type { AudienceSource } from '../../src/audience/audience.ts';
import type { Clock } from '../../src/core/clock.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { finish } from '../../src/core/progress.ts';
import { sendCampaign } from '../../src/delivery/send.ts';
import type { Transport } from '../../src/delivery/transport.ts';
import { message, recipient } from '../delivery/fixtures.ts';
import { nobodySuppressed } from '../support/nobody-suppressed.ts';
import { type Account, account } from './killable.ts';

/** Another server, with something wrong on the way to it or in it. */
export interface Trouble {
  readonly taken: ReadonlyMap<string, number>;
  open(clock: Clock): Transport;
  /** Called before each run. */
  onRun?(run: number): void | Promise<void>;
}

export interface Survived extends Account {
  readonly planned: number;
  readonly sending: number;
  readonly rejected: number;
}

const MOST_RUNS = 20;

const audienceOf = (count: number): AudienceSource => ({
  client: 'kaldi',
  list: 'customers',
  basis: 'customer',
  columns: ['first_name'],
  async *candidates() {
    for (let n = 0; n < count; n++) yield { kind: 'recipient', recipient: recipient(n) };
  },
});

/** One campaign through one fault: as many runs as it takes. Waits pass at once, on a clock of their own. */
export async function survive(count: number, trouble: Trouble): Promise<Survived> {
  const dir = await mkdtemp(join(tmpdir(), 'sec-network-'));
  const ledger = sqliteLedger({ client: 'kaldi', dir });
  let offset = 0;
  const clock = { now: () => Temporal.Now.instant().add({ milliseconds: offset }) };
  try {
    for (let run = 0; run < MOST_RUNS; run++) {
      await trouble.onRun?.(run);
      const error: unknown = await finish(
        sendCampaign({
          client: 'kaldi',
          campaign: 'spring',
          messages: new Map([['en', message()]]),
          audience: (await ledger.campaign('spring')) ? undefined : audienceOf(count),
          ledger,
          suppression: nobodySuppressed,
          openTransport: async () => trouble.open(clock),
          gate: () => {},
          clock,
          sleep: async (ms) => {
            offset += Math.ceil(ms);
            await wait(1);
          },
          signal: new AbortController().signal,
        }),
      ).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      if (error !== undefined && !isSecError(error)) throw error;
      if (error === undefined) break;
    }
    const { planned, sending, rejected } = await ledger.tally('spring');
    return { ...(await account(ledger, count, trouble.taken)), planned, sending, rejected };
  } finally {
    await ledger.close();
    await rm(dir, { recursive: true });
  }
}

/** One line that tells what came of so many faults, each kind as often as the others. */
export function faultReport(through: string, kinds: readonly string[], results: readonly Survived[]): string {
  const sum = (name: keyof Survived) => results.reduce((total, result) => total + result[name], 0);
  const names = ['doubled', 'lost', 'falselyAccepted', 'inDoubt', 'planned', 'sending', 'rejected'] as const;
  return `${results.length} faults of the network, ${through} (${kinds.join(', ')}): ${names.map((name) => `${name} ${sum(name)}`).join(', ')}`;
}
