import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/ledgers/registry.ts';
import { toGo } from '../../src/delivery/tally.ts';
import { message } from '../delivery/fixtures.ts';
import { freezePeople } from '../support/ledgers.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import { startProxy } from '../support/proxy.ts';
import { startSink } from '../support/smtp-sink.ts';
import { account, type Life, startLife } from './killable.ts';
import { points, seed, seeded } from './seeded.ts';

const SENDERS = 3;
const IN_FLIGHT = 6 * 16;
const PEOPLE_A_POINT = 500;
const AWAY_MS = 1500;
const LATENCY_MS = 30;

type Blow = 'kill' | 'restart' | 'cut';
const BLOWS: readonly Blow[] = ['kill', 'kill', 'kill', 'restart', 'cut'];

/** Three senders at one campaign; at each point one is killed, the database restarted, or the network to it cut. */
describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql'))(
  'several senders at one campaign',
  { timeout: 3_600_000 },
  () => {
    let server: Postgres;
    let dir: string;
    beforeAll(async () => {
      server = await startPostgres();
      dir = await mkdtemp(join(tmpdir(), 'sec-workers-'));
    });
    afterAll(async () => {
      await server?.stop();
      await rm(dir, { recursive: true });
    });

    it('write to everybody once, through kills, restarts and cuts', async () => {
      const strikes = points(4);
      const count = (strikes + 1) * PEOPLE_A_POINT;
      const chance = seeded(seed + 7);
      const url = server.database('workers');
      const proxy = await startProxy({ to: { port: Number(new URL(url).port) } });
      const through = url.replace(/:\d+\//, `:${proxy.port}/`);
      const blows: Record<Blow, number> = { kill: 0, restart: 0, cut: 0 };
      const dealt: Blow[] = ['cut', 'restart', 'kill'];
      let offered = 0;
      let next = PEOPLE_A_POINT;
      let strike: Promise<void> = Promise.resolve();
      const sink = await startSink({
        latencyMs: LATENCY_MS,
        onMessage: () => {
          offered++;
          if (offered === next && blows.kill + blows.restart + blows.cut < strikes) strike = hit();
          return '250 Ok';
        },
      });
      const order = { dir, transport: sink.url, count, url: through };
      const lives = new Set<Life>();
      const begin = () => {
        const life = startLife(order);
        lives.add(life);
        void life.end.then(() => lives.delete(life));
      };
      const hit = async () => {
        const blow = dealt.pop() ?? BLOWS[Math.floor(chance() * BLOWS.length)] ?? 'kill';
        blows[blow]++;
        if (blow === 'kill') [...lives][Math.floor(chance() * lives.size)]?.kill();
        if (blow === 'restart') await server.restart(chance() < 0.5 ? 'SIGQUIT' : 'SIGINT');
        if (blow === 'cut') {
          proxy.strike('reset', Math.floor(chance() * 4000), true);
          await wait(AWAY_MS);
          proxy.lift();
        }
        next = offered + PEOPLE_A_POINT / 2;
      };

      const ledger = await freezeFor(dir, url, count);
      const deadline = Date.now() + 3_000_000;
      for (;;) {
        while (lives.size < SENDERS) begin();
        await Promise.race([...lives].map(({ end }) => end));
        await strike;
        const tally = await ledger.tally('spring').catch(() => undefined);
        if (tally && toGo(tally) === 0) break;
        if (Date.now() > deadline) throw new Error(JSON.stringify(tally));
      }
      await Promise.all([...lives].map(({ end }) => end));
      // Whoever was killed last left theirs to the next one.
      await (await ledger.write('spring', Temporal.Now.instant())).release();
      const { inDoubt, ...rest } = await account(ledger, count, sink.taken);
      await ledger.close();
      await sink.stop();
      await proxy.stop();
      console.log(
        `workers: ${count} recipients, ${SENDERS} senders, ${JSON.stringify(blows)}: ${JSON.stringify({ ...rest, inDoubt })}`,
      );
      expect(rest).toEqual({ doubled: 0, lost: 0, falselyAccepted: 0, unaccounted: 0 });
      expect(inDoubt).toBeLessThanOrEqual((blows.kill + SENDERS * (blows.restart + blows.cut)) * IN_FLIGHT);
      expect(Math.min(...Object.values(blows))).toBeGreaterThan(0);
    });
  },
);

/** Records everybody, as a person does who leaves the sending to others. */
async function freezeFor(dir: string, url: string, count: number) {
  const ledger = await openLedger({ client: 'kaldi', dir, url });
  const now = Temporal.Now.instant();
  const writer = await ledger.write('spring', now);
  await freezePeople(writer, count, now, message().digest);
  await writer.release();
  return ledger;
}
