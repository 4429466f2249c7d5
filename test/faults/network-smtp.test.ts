import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import { smtpTransport } from '../../src/adapters/transports/smtp.ts';
import type { AudienceSource } from '../../src/audience/audience.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { finish } from '../../src/core/progress.ts';
import { sendCampaign } from '../../src/delivery/send.ts';
import { message, recipient } from '../delivery/fixtures.ts';
import { type NetworkFault, startProxy } from '../support/proxy.ts';
import { type SinkOptions, startSink } from '../support/smtp-sink.ts';
import { account } from './killable.ts';
import { points, seed, seeded } from './seeded.ts';

const PEOPLE = 40;
/** Bytes that the messages of all of them and what is said around them take, about. */
const BYTES = 60_000;

const onTheWay: readonly NetworkFault[] = ['reset', 'truncate', 'blackhole', 'slow'];
const kinds = [...onTheWay, 'taken, no answer', 'put off', 'shut out'] as const;
type Kind = (typeof kinds)[number];

/** What a server itself does at the n-th message. */
function trouble(kind: Kind, at: number): SinkOptions {
  if (kind === 'taken, no answer')
    return { onMessage: (_to, _bytes, n) => (n === at ? 'take-and-drop' : '250 Ok') };
  if (kind === 'put off')
    return { onMessage: (_to, _bytes, n) => (n % 3 === at % 3 && n < 60 ? '451 4.7.1 later' : '250 Ok') };
  let begun = 0;
  if (kind === 'shut out') return { onMail: () => (++begun === at + 1 ? '421 4.7.0 too many' : '250 Ok') };
  return {};
}

const audience: AudienceSource = {
  client: 'kaldi',
  list: 'customers',
  basis: 'customer',
  columns: ['first_name'],
  async *candidates() {
    for (let n = 0; n < PEOPLE; n++) yield { kind: 'recipient', recipient: recipient(n) };
  },
};

/** One campaign through one fault: as many runs as it takes. */
async function survive(kind: Kind, chance: () => number) {
  const dir = await mkdtemp(join(tmpdir(), 'sec-network-'));
  const sink = await startSink(trouble(kind, Math.floor(chance() * PEOPLE)));
  const proxy = await startProxy({ to: { port: sink.port } });
  const ledger = sqliteLedger({ client: 'kaldi', dir });
  let offset = 0;
  try {
    for (let run = 0; run < 20; run++) {
      if (run === 0 && kind !== 'taken, no answer' && kind !== 'put off' && kind !== 'shut out')
        proxy.strike(kind, Math.floor(chance() * BYTES));
      const work = finish(
        sendCampaign({
          client: 'kaldi',
          campaign: 'spring',
          messages: new Map([['en', message()]]),
          audience: (await ledger.campaign('spring')) ? undefined : audience,
          ledger,
          suppression: { isSuppressed: () => false },
          openTransport: async () => smtpTransport(`smtp://127.0.0.1:${proxy.port}?timeout=1`, {}),
          gate: () => {},
          clock: { now: () => Temporal.Now.instant().add({ milliseconds: offset }) },
          sleep: async (ms) => {
            offset += Math.ceil(ms);
            await wait(1);
          },
          signal: new AbortController().signal,
        }),
      );
      const error: unknown = await work.then(
        () => undefined,
        (failure: unknown) => failure,
      );
      if (error !== undefined && !isSecError(error)) throw error;
      if (error === undefined) break;
    }
    const { planned, sending, rejected } = await ledger.tally('spring');
    return { ...(await account(ledger, PEOPLE, sink.taken)), planned, sending, rejected };
  } finally {
    await ledger.close();
    await proxy.stop();
    await sink.stop();
    await rm(dir, { recursive: true });
  }
}

it('over SMTP, whatever the network and the server do: nobody twice, nobody lost, no false yes', {
  timeout: 900_000,
}, async () => {
  const chance = seeded(seed + 7);
  const count = points(14);
  const sum = {
    doubled: 0,
    lost: 0,
    falselyAccepted: 0,
    unaccounted: 0,
    planned: 0,
    sending: 0,
    rejected: 0,
  };
  let inDoubt = 0;
  for (let n = 0; n < count; n++) {
    const { inDoubt: doubts, ...rest } = await survive(kinds[n % kinds.length] ?? 'reset', chance);
    expect(doubts).toBeLessThanOrEqual(64);
    inDoubt += doubts;
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += rest[name];
  }
  console.log(`${count} faults of the network over SMTP: ${JSON.stringify({ ...sum, inDoubt })}`);
  expect(sum).toEqual({
    doubled: 0,
    lost: 0,
    falselyAccepted: 0,
    unaccounted: 0,
    planned: 0,
    sending: 0,
    rejected: 0,
  });
});
