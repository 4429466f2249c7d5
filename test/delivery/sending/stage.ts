import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { sqliteLedger } from '../../../src/adapters/ledgers/sqlite.ts';
import type { AudienceSource, Candidate } from '../../../src/audience/audience.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import { finish } from '../../../src/core/progress.ts';
import type { Ledger } from '../../../src/delivery/ledger.ts';
import { type SendOptions, sendCampaign, standingReceipt } from '../../../src/delivery/send.ts';
import type { FakeTransport } from '../../support/fake-transport.ts';
import { nobodySuppressed } from '../../support/nobody-suppressed.ts';
import { message, recipient } from '../fixtures.ts';

export const START = Temporal.Instant.from('2026-03-02T10:00:00Z');

export const people = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'recipient', recipient: recipient(n) }));

export const audienceOf = (candidates: readonly Candidate[], list = 'customers'): AudienceSource => ({
  client: 'kaldi',
  list,
  basis: 'customer',
  columns: ['first_name'],
  async *candidates() {
    yield* candidates;
  },
});

export const address = (n: number) => recipient(n).address;

/** A clock that stands still until somebody waits. */
interface StageClock {
  now(): Temporal.Instant;
  pass(ms: number): void;
}

/** A send to ten people that nothing holds up: nobody is suppressed, and every rule allows it. */
export const freeSend = (ledger: Ledger, transport: FakeTransport, clock: StageClock): SendOptions => ({
  client: 'kaldi',
  campaign: 'spring',
  messages: new Map([['en', message()]]),
  audience: audienceOf(people(10)),
  ledger,
  suppression: nobodySuppressed,
  openTransport: async () => transport,
  gate: () => {},
  clock,
  sleep: async (ms) => clock.pass(ms),
  signal: new AbortController().signal,
});

/** A ledger of its own for each test, a clock that stands still but for waits, and sends of one campaign. */
export function sendingStage() {
  let dir: string;
  let ledger: Ledger;
  let now = START;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sec-send-'));
    ledger = sqliteLedger({ client: 'kaldi', dir });
    now = START;
  });
  afterEach(async () => {
    await ledger.close();
    await rm(dir, { recursive: true });
  });

  const clock: StageClock = {
    now: () => now,
    pass: (ms) => {
      now = now.add({ milliseconds: Math.ceil(ms) });
    },
  };
  const options = (transport: FakeTransport, over: Partial<SendOptions> = {}): SendOptions => ({
    ...freeSend(ledger, transport, clock),
    ...over,
  });
  const run = (transport: FakeTransport, over: Partial<SendOptions> = {}) =>
    finish(sendCampaign(options(transport, over)));
  const failure = async (transport: FakeTransport, over: Partial<SendOptions> = {}) => {
    const error: unknown = await run(transport, over).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!isSecError(error)) throw new Error(`a SecError was expected, not ${error}`);
    return error;
  };
  const standing = () => standingReceipt(ledger, 'kaldi', 'spring', Temporal.Duration.from({ seconds: 0 }));
  return {
    options,
    run,
    failure,
    standing,
    get dir() {
      return dir;
    },
    get ledger() {
      return ledger;
    },
    get now() {
      return now;
    },
    /** Time goes by, in milliseconds. */
    pass(ms: number) {
      now = now.add({ milliseconds: Math.ceil(ms) });
    },
  };
}
