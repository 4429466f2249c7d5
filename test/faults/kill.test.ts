import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import type { Ledger } from '../../src/delivery/ledger.ts';
import { isBalanced } from '../../src/delivery/tally.ts';
import { readMessage } from '../contracts/transport.ts';
import { startEndpoint } from '../support/sendgrid-endpoint.ts';
import { startSink } from '../support/smtp-sink.ts';
import { type Account, account, type Life, nothingWrong, startLife, sumOf } from './killable.ts';
import { points, seed, seeded } from './seeded.ts';

const SMTP_IN_FLIGHT = 6 * 16;
const SENDGRID_IN_FLIGHT = 1000;
const OUTBOX_IN_FLIGHT = 32;

describe('a sender that is killed at any moment', { timeout: 7_200_000 }, () => {
  let dir: string;
  let ledger: Ledger;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sec-kill-'));
    ledger = sqliteLedger({ client: 'kaldi', dir });
  });
  afterEach(async () => {
    await ledger.close();
    await rm(dir, { recursive: true });
  });

  /** Runs lives that are all killed, then one to the end; after each, what became in doubt is what was in flight. */
  const throughKills = async (
    kills: number,
    inFlight: number,
    live: (n: number) => Life,
    last: () => Life,
    campaign = 'spring',
  ) => {
    let doubtsBefore = 0;
    let killed = 0;
    for (let n = 0; n < kills; n++) {
      const life = live(n);
      const code = await life.end;
      expect([null, 0], life.complaint()).toContain(code);
      if (code === null) killed++;
      const tally = await ledger.tally(campaign);
      expect(isBalanced(tally)).toBe(true);
      expect(tally.sending).toBeLessThanOrEqual(inFlight);
      expect(tally.inDoubt - doubtsBefore).toBeLessThanOrEqual(inFlight);
      doubtsBefore = tally.inDoubt;
      if (code === 0) break;
    }
    const life = last();
    expect(await life.end, life.complaint()).toBe(0);
    return killed;
  };

  const report = (killed: number, through: string, inFlight: number, result: Account) => {
    console.log(
      `killed ${killed} times, ${through} (at most ${inFlight} in flight): ${JSON.stringify(result)}`,
    );
    const { inDoubt, ...rest } = result;
    expect(rest).toEqual(nothingWrong);
    expect(inDoubt).toBeLessThanOrEqual(killed * inFlight);
  };

  it('over SMTP: nobody twice, nobody lost, in doubt only what was in flight, by name', async () => {
    const kills = points(30, 5);
    // A life reaches sixty people at most, and takes those who are in flight with it.
    const count = kills * (60 + SMTP_IN_FLIGHT);
    const chance = seeded(seed);
    let onEvent: (event: 'rcpt' | 'message') => void = () => {};
    const sink = await startSink({
      onRcpt: () => {
        onEvent('rcpt');
        return '250 Ok';
      },
      onMessage: () => {
        onEvent('message');
        return '250 Ok';
      },
    });
    const order = { dir, transport: sink.url, count };
    const live = () => {
      const life = startLife(order);
      if (chance() < 0.2) void wait(chance() * 400).then(life.kill);
      else {
        const wanted = chance() < 0.5 ? 'rcpt' : 'message';
        let left = Math.floor(chance() * 60);
        onEvent = (event) => {
          if (event === wanted && left-- === 0) life.kill();
        };
      }
      return life;
    };
    const killed = await throughKills(kills, SMTP_IN_FLIGHT, live, () => {
      onEvent = () => {};
      return startLife(order);
    });
    await sink.stop();
    const result = await account(ledger, count, sink.taken);
    report(killed, 'over SMTP', SMTP_IN_FLIGHT, result);
    expect(killed).toBeGreaterThan(kills / 2);
    expect(result.inDoubt).toBeGreaterThan(0);
  });

  it('through SendGrid: the same, a request at a time', async () => {
    const kills = points(6, 5);
    const count = 2500;
    const chance = seeded(seed + 1);
    const accounts: Account[] = [];
    let killed = 0;
    for (let n = 0; killed < kills; n++) {
      let onRequest: () => 'kill' | undefined = () => undefined;
      const endpoint = await startEndpoint(() => {
        if (onRequest() === undefined) return 202;
        return chance() < 0.5 ? 'take-and-reset' : 'reset';
      });
      const campaign = `spring-${n}`;
      const order = { dir, transport: 'sendgrid:', count, campaign };
      const env = { SENDGRID_API_KEY: 'SG.test-secret', SENDGRID_BASE_URL: endpoint.url };
      const live = () => {
        const life = startLife(order, env);
        if (chance() < 0.2) void wait(100 + chance() * 400).then(life.kill);
        let left = Math.floor(chance() * 2);
        onRequest = () => {
          if (left-- !== 0) return undefined;
          life.kill();
          return 'kill';
        };
        return life;
      };
      const last = () => {
        onRequest = () => undefined;
        return startLife(order, env);
      };
      killed += await throughKills(Math.min(4, kills - killed), SENDGRID_IN_FLIGHT, live, last, campaign);
      accounts.push(await account(ledger, count, endpoint.taken, campaign));
      await endpoint.stop();
    }
    report(killed, 'through SendGrid', SENDGRID_IN_FLIGHT, sumOf(accounts));
  });

  it('into an outbox: whole files or none, one for everybody who is not in doubt', async () => {
    const kills = points(6);
    const count = kills * 200;
    const chance = seeded(seed + 2);
    const order = { dir, transport: 'outbox:out', count };
    const live = () => {
      const life = startLife(order);
      let left = Math.floor(chance() * 8);
      life.onProgress(() => {
        if (left-- === 0) void wait(chance() * 10).then(life.kill);
      });
      return life;
    };
    const killed = await throughKills(kills, OUTBOX_IN_FLIGHT, live, () => startLife(order));
    const out = join(dir, 'out');
    const taken = new Map<string, number>();
    for (const name of (await readdir(out)).filter((file) => file.endsWith('.eml'))) {
      const { to, text } = await readMessage(await readFile(join(out, name)));
      expect(text).toMatch(/unsubscribe%20\w+$/);
      taken.set(to, (taken.get(to) ?? 0) + 1);
    }
    report(killed, 'into an outbox', OUTBOX_IN_FLIGHT, await account(ledger, count, taken));
  });
});
