import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteLedger } from '../src/adapters/ledgers/sqlite.ts';
import type { Candidate } from '../src/audience/audience.ts';
import type { Settlement } from '../src/delivery/ledger.ts';
import type { Row } from './lib/row.ts';

/** As the SMTP transport takes them, three of eight chunks coming back at once. */
const TURN = { chunks: 3, size: 8 };
const SIZES = [1000, 10_000, 100_000];
const FLAT_GOAL = 1.5;

/** What the durable ledger costs for each recipient, from few to many: recorded, claimed and settled, without any mail. */
export async function ledger(): Promise<Row[]> {
  const most = Number(process.env.SEC_BENCH_RECIPIENTS ?? 0);
  const sizes = most > 0 ? [...SIZES, most] : SIZES;
  await costOf(SIZES[0] ?? 1000);
  const costs: number[] = [];
  for (const size of sizes) costs.push(await costOf(size));
  const [few = Number.NaN, many = Number.NaN] = [costs[0], costs.at(-1)];
  const ratio = many / few;
  return [
    {
      what: 'ledger, CPU for each recipient',
      ours: sizes.map((size, n) => `${size.toLocaleString('en')}: ${costs[n]?.toFixed(0)} µs`).join(', '),
      peer: '',
      figure: {
        value: `${ratio.toFixed(2)} ×`,
        goal: `≤ ${FLAT_GOAL} × from few to many`,
        met: ratio <= FLAT_GOAL,
      },
    },
  ];
}

/** Microseconds of CPU for each of so many recipients. */
async function costOf(count: number): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const store = sqliteLedger({ client: 'kaldi', dir });
  try {
    const before = process.cpuUsage();
    await carryThrough(store, count);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function* people(count: number): AsyncGenerator<Candidate> {
  for (let n = 0; n < count; n++) {
    const address = `p${(n * 7919) % count}@example.com`;
    const id = String(n).padStart(22, 'x');
    yield {
      kind: 'recipient',
      recipient: { id, address, key: address, fields: { first_name: `Person ${n}` } },
    };
  }
}

async function carryThrough(store: ReturnType<typeof sqliteLedger>, count: number): Promise<void> {
  const now = Temporal.Now.instant();
  const writer = await store.write('spring', now);
  await writer.freeze({
    ...{ list: 'customers', basis: 'consent', messages: { en: 'digest' }, now, candidates: people(count) },
    languageOf: () => 'en',
    confirm: () => {},
  });
  let settle: Settlement[] = [];
  for (;;) {
    const turn = await writer.turn({ settle, claim: TURN, exclude: () => () => undefined, now });
    await turn.durable;
    if (turn.chunks.length === 0) break;
    settle = turn.chunks.map((chunk) => ({
      chunk,
      outcomes: chunk.claimed.map(() => ({ kind: 'accepted', providerId: 'Ok: queued as Q1' })),
      requests: chunk.claimed.length,
    }));
  }
  await writer.release();
  const { accepted } = await store.tally('spring');
  if (accepted !== count) throw new Error(`The ledger settled ${accepted} of ${count}.`);
}
