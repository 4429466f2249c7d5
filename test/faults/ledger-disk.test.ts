import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import type { AudienceSource } from '../../src/audience/audience.ts';
import { asSecError } from '../../src/cli/report-error.ts';
import { finish } from '../../src/core/progress.ts';
import type { Ledger } from '../../src/delivery/ledger.ts';
import { sendCampaign } from '../../src/delivery/send.ts';
import { isBalanced } from '../../src/delivery/tally.ts';
import { message, recipient } from '../delivery/fixtures.ts';
import { FakeTransport } from '../support/fake-transport.ts';
import { nobodySuppressed } from '../support/nobody-suppressed.ts';
import type { ChildOrder } from '../support/send-child.ts';
import { startSink } from '../support/smtp-sink.ts';
import { type DiskFault, lift, plant } from './faulty-sqlite.ts';
import { type Account, account, nothingWrong, sumOf } from './killable.ts';
import { points, seed, seeded } from './seeded.ts';

const PEOPLE = 20;
const IN_FLIGHT = 2 * 3;

const audience: AudienceSource = {
  client: 'kaldi',
  list: 'customers',
  basis: 'customer',
  columns: ['first_name'],
  async *candidates() {
    for (let n = 0; n < PEOPLE; n++) yield { kind: 'recipient', recipient: recipient(n) };
  },
};

async function send(ledger: Ledger, through: FakeTransport): Promise<void> {
  await finish(
    sendCampaign({
      client: 'kaldi',
      campaign: 'spring',
      messages: new Map([['en', message()]]),
      audience: (await ledger.campaign('spring')) ? undefined : audience,
      ledger,
      suppression: nobodySuppressed,
      openTransport: async () => through,
      gate: () => {},
      clock: { now: () => Temporal.Now.instant() },
      sleep: (ms) => wait(Math.min(ms, 1)),
      signal: new AbortController().signal,
    }),
  );
}

/** One campaign whose disk fails once, at one write; then it goes on. */
async function survive(fault: DiskFault, at: number) {
  const dir = await mkdtemp(join(tmpdir(), 'sec-disk-'));
  const through = new FakeTransport();
  const run = async () => {
    const ledger = sqliteLedger({ client: 'kaldi', dir });
    try {
      await send(ledger, through);
    } finally {
      await ledger.close();
    }
  };
  try {
    plant(fault, at);
    const error: unknown = await run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const writes = lift();
    const where = `${fault} at write ${at} of ${writes}: ${error}`;
    if (error !== undefined) {
      const shown = asSecError(error, []);
      expect(shown.code, where).toBe('IO_FAILED');
      expect(shown.message, where).toMatch(/the disk (is full|reported an error)/);
    }
    const ledger = sqliteLedger({ client: 'kaldi', dir });
    const tally = await ledger.tally('spring');
    expect(isBalanced(tally), where).toBe(true);
    await ledger.close();
    await run();
    const after = sqliteLedger({ client: 'kaldi', dir });
    const result = await account(after, PEOPLE, through.taken);
    await after.close();
    const { inDoubt, ...rest } = result;
    expect(rest, where).toEqual(nothingWrong);
    expect(inDoubt, where).toBeLessThanOrEqual(IN_FLIGHT);
    return { writes, result, isTold: error !== undefined };
  } finally {
    lift();
    await rm(dir, { recursive: true });
  }
}

it.each(['full', 'broken'] as const)(
  'a disk that is %s at any write of the ledger: nobody twice, nobody lost',
  {
    timeout: 3_600_000,
  },
  async (fault) => {
    const step = process.env.SEC_FAULT_POINTS === undefined ? 9 : 1;
    const results: Account[] = [];
    let told = 0;
    for (let at = 1; ; at += step) {
      const { writes, result, isTold } = await survive(fault, at);
      if (writes < at) break;
      results.push(result);
      if (isTold) told++;
    }
    console.log(
      `the disk ${fault} at each of ${results.length} writes of the ledger, told ${told} times: ${JSON.stringify(sumOf(results))}`,
    );
    expect(told).toBeGreaterThan(results.length / 2);
  },
);

const CHILD = fileURLToPath(new URL('../support/send-child.ts', import.meta.url));

/** A sending process that may write no file larger than so many blocks of 1 kB: the system itself refuses. */
async function confined(order: ChildOrder, blocks: number | 'unlimited') {
  const child = spawn(
    'bash',
    ['-c', `ulimit -f ${blocks} && exec "$0" "$1" "$2"`, process.execPath, CHILD, JSON.stringify(order)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code: code as number | null, complaint };
}

it('a file that may not grow any more, wherever that is: nobody twice, nobody lost', {
  timeout: 3_600_000,
}, async () => {
  const count = 240;
  const chance = seeded(seed + 9);
  const results: Account[] = [];
  let refused = 0;
  for (let n = 0; n < points(4, 0.3); n++) {
    const dir = await mkdtemp(join(tmpdir(), 'sec-disk-'));
    const sink = await startSink();
    const order = { dir, transport: sink.url, count };
    const first = await confined(order, 24 + Math.floor(chance() * 600));
    expect([0, 74], first.complaint).toContain(first.code);
    if (first.code === 74) refused++;
    expect(await confined(order, 'unlimited')).toEqual({ code: 0, complaint: '' });
    const ledger = sqliteLedger({ client: 'kaldi', dir });
    results.push(await account(ledger, count, sink.taken));
    await ledger.close();
    await sink.stop();
    await rm(dir, { recursive: true });
  }
  const { inDoubt, ...rest } = sumOf(results);
  console.log(
    `${refused} of ${results.length} sends met a file that may not grow: ${JSON.stringify({ ...rest, inDoubt })}`,
  );
  expect(rest).toEqual(nothingWrong);
  expect(inDoubt).toBeLessThanOrEqual(refused * 96);
  expect(refused).toBeGreaterThan(0);
});
