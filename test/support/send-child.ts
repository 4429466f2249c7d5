import { setTimeout as wait } from 'node:timers/promises';
import { openLedger } from '../../src/adapters/ledgers/registry.ts';
import { openTransport } from '../../src/adapters/transports/registry.ts';
import type { Candidate } from '../../src/audience/audience.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { sendCampaign } from '../../src/delivery/send.ts';
import { message, recipient } from '../delivery/fixtures.ts';
import { nobodySuppressed } from './nobody-suppressed.ts';

/** A process of its own that sends a campaign with the real ledger and transport, for tests that kill it. */
export interface ChildOrder {
  readonly dir: string;
  readonly transport: string;
  readonly count: number;
  /** `spring` unless said. */
  readonly campaign?: string;
  /** A database that is shared; else a file in `dir`. */
  readonly url?: string;
}

const { dir, transport, count, campaign = 'spring', url }: ChildOrder = JSON.parse(process.argv[2] ?? '{}');
const clock = { now: () => Temporal.Now.instant() };
const ledger = await openLedger({ client: 'kaldi', dir, url });

async function* candidates(): AsyncGenerator<Candidate> {
  for (let n = 0; n < count; n++) yield { kind: 'recipient', recipient: recipient(n) };
}

try {
  const work = sendCampaign({
    client: 'kaldi',
    campaign,
    messages: new Map([['en', message()]]),
    audience: { client: 'kaldi', list: 'customers', basis: 'customer', columns: ['first_name'], candidates },
    ledger,
    suppression: nobodySuppressed,
    openTransport: (mails) => openTransport(transport, { env: process.env, clock, root: dir, mails }),
    gate: () => {},
    clock,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    signal: new AbortController().signal,
  });
  for (;;) {
    const next = await work.next();
    if (next.done) break;
    process.stdout.write(`${next.value.kind}\n`);
  }
} catch (error) {
  process.exitCode = isSecError(error) ? error.exitCode : 70;
  if (!isSecError(error)) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
} finally {
  await ledger.close();
}
