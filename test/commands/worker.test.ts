import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SendReceipt } from '../../src/delivery/receipt.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import { brief, type PromoWorkspace, promoWorkspace, site } from '../support/promo-workspace.ts';
import { sec } from '../support/sec.ts';
import { type SinkOptions, startSink } from '../support/smtp-sink.ts';
import { startWorker } from '../support/workers.ts';

const csv = ['--csv', 'customers.csv', '--basis', 'customer', '--by-worker', '--yes', '--json'];

const sink = async (options: SinkOptions = {}) => {
  const started = await startSink(options);
  onTestFinished(() => started.stop());
  return started;
};

/** The site.yaml of a client whose mail goes to `transport`. */
const sending = (name: string, transport: string, more = '') =>
  site(name, name).replace('sender: {', `sender: {transport: "${transport}", ${more}`);

it('says what is missing where the record of sends is a file', { timeout: 60_000 }, async () => {
  const { dir, write } = promoWorkspace();
  write('sites/kaldi/site.yaml', sending('kaldi', 'outbox:out'));
  const worker = await sec(['worker', '--json'], { cwd: dir });
  expect(worker.code).toBe(78);
  expect(worker.json()).toMatchObject({ error: { code: 'WORKER_NEEDS_DATABASE' } });
  const put = await sec(['promo', 'send', 'kaldi', 'spring', ...csv], { cwd: dir });
  expect(put.json()).toMatchObject({ error: { code: 'WORKER_NEEDS_DATABASE' } });
  const status = await sec(['promo', 'status', 'kaldi', 'spring', '--json'], { cwd: dir });
  expect(status.json()).toMatchObject({ state: 'unsent' });
});

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql'))('sec worker', () => {
  let server: Postgres;
  let databases = 0;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  const office = (workspace: PromoWorkspace) => {
    const url = server.database(`workers${databases++}`);
    const run = (...args: readonly string[]) =>
      sec(args, { cwd: workspace.dir, env: { SEC_LEDGER_URL: url, SEC_KEYS: join(workspace.dir, 'keys') } });
    const status = async (client: string, campaign: string) =>
      (await run('promo', 'status', client, campaign, '--json')).json<SendReceipt>();
    return {
      url,
      run,
      status,
      async finished(client: string, campaign: string) {
        for (;;) {
          const now = await status(client, campaign);
          if (now.planned + now.sending === 0) return now;
          await wait(500);
        }
      },
      worker: (...words: readonly string[]) => startWorker(workspace.dir, url, words),
    };
  };

  it('sends the campaigns of several clients, and ends at Ctrl-C', { timeout: 180_000 }, async () => {
    const workspace = promoWorkspace();
    const mails = await sink();
    for (const name of ['kaldi', 'roastery']) {
      workspace.write(`sites/${name}/site.yaml`, sending(name, mails.url));
      workspace.write(`campaigns/${name}/spring/campaign.md`, brief('News.'));
    }
    workspace.write('campaigns/kaldi/autumn/campaign.md', brief('More news.'));
    const { run, finished, worker } = office(workspace);
    const workers = await Promise.all([worker(), worker()]);
    const campaigns = [
      ['kaldi', 'spring'],
      ['kaldi', 'autumn'],
      ['roastery', 'spring'],
    ] as const;
    for (const [client, campaign] of campaigns) {
      const put = await run('promo', 'send', client, campaign, ...csv);
      expect(put.json()).toMatchObject({ client, campaign, handedOver: true, planned: 40, accepted: 0 });
    }
    for (const [client, campaign] of campaigns)
      expect(await finished(client, campaign)).toMatchObject({ accepted: 40, inDoubt: 0, balanced: true });
    expect([...mails.taken.values()]).toEqual(Array.from({ length: 40 }, () => 3));
    for (const each of workers) expect(await each.end('SIGINT'), each.said()).toBe(0);
    const again = await run('promo', 'send', 'kaldi', 'spring', ...csv);
    expect(again.json()).toMatchObject({ state: 'finished', accepted: 40 });
  });

  it('writes to everybody once, whichever workers are killed', { timeout: 180_000 }, async () => {
    const workspace = promoWorkspace({ people: 600 });
    let offered = 0;
    const mails = await sink({
      onMessage: () => {
        offered++;
        if (offered === 60) one.child.kill('SIGKILL');
        if (offered === 250) other.child.kill('SIGKILL');
        return '250 Ok';
      },
    });
    workspace.write('sites/kaldi/site.yaml', sending('kaldi', mails.url));
    const { run, finished, worker } = office(workspace);
    const one = await worker();
    await run('promo', 'send', 'kaldi', 'spring', ...csv);
    const other = await worker();
    await worker();
    const end = await finished('kaldi', 'spring');
    const doubled = [...mails.taken.values()].filter((times) => times > 1).length;
    const lost = 600 - end.accepted - end.inDoubt;
    expect({ doubled, lost, rejected: end.rejected, balanced: end.balanced }).toEqual({
      doubled: 0,
      lost: 0,
      rejected: 0,
      balanced: true,
    });
    expect(offered).toBeGreaterThan(250);
    expect(mails.taken.size).toBeGreaterThanOrEqual(end.accepted);
    expect(mails.taken.size).toBeLessThanOrEqual(end.accepted + end.inDoubt);
  });

  it('ends at Ctrl-C also where the audit log cannot be written', { timeout: 120_000 }, async () => {
    const workspace = promoWorkspace();
    const mails = await sink();
    workspace.write('sites/kaldi/site.yaml', sending('kaldi', mails.url));
    const { run, status, worker } = office(workspace);
    await run('promo', 'send', 'kaldi', 'spring', ...csv);
    workspace.write('.sec/audit/00000001.json', 'no entry');
    const one = await worker();
    await one.says(/kaldi \/ spring: .*entry 1/i);
    expect(await status('kaldi', 'spring')).toMatchObject({ state: 'finished', accepted: 40 });
    expect(await one.end('SIGINT'), one.said()).toBe(0);
  });

  it('gives what it has not finished at Ctrl-C to the next worker', { timeout: 180_000 }, async () => {
    const workspace = promoWorkspace({ people: 1500 });
    let offered = 0;
    const mails = await sink({
      onMessage: () => {
        if (++offered === 20) one.child.kill('SIGINT');
        return '250 Ok';
      },
    });
    workspace.write('sites/kaldi/site.yaml', sending('kaldi', mails.url));
    const { run, status, finished, worker } = office(workspace);
    const one = await worker();
    await run('promo', 'send', 'kaldi', 'spring', ...csv);
    await one.says('goes on with it');
    await one.says('Ended, after');
    expect(await status('kaldi', 'spring')).toMatchObject({
      sending: 0,
      inDoubt: 0,
      accepted: mails.taken.size,
    });
    await worker();
    expect(await finished('kaldi', 'spring')).toMatchObject({ accepted: 1500, inDoubt: 0 });
    expect(new Set(mails.taken.values())).toEqual(new Set([1]));
  });

  it('leaves alone what a person paused, what the rules forbid, and what it lacks the key for', {
    timeout: 180_000,
  }, async () => {
    const workspace = promoWorkspace();
    const mails = await sink();
    for (const name of ['kaldi', 'roastery', 'tea']) {
      workspace.write(`sites/${name}/site.yaml`, sending(name, mails.url));
      workspace.write(`campaigns/${name}/spring/campaign.md`, brief('News.'));
    }
    const { run, status, worker } = office(workspace);
    for (const name of ['kaldi', 'roastery', 'tea']) await run('promo', 'send', name, 'spring', ...csv);
    await run('promo', 'pause', 'kaldi', 'spring');
    workspace.write(
      'sites/roastery/site.yaml',
      sending('roastery', mails.url).replace('campaign: none', 'campaign: required'),
    );
    rmSync(join(workspace.dir, '.sec/clients/tea'), { recursive: true });
    const one = await worker();
    await one.says(/kaldi \/ spring: paused/);
    await one.says(/roastery \/ spring: (.*\n)+.*left to other workers/);
    await one.says(/tea \/ spring: .*cannot tell who must not be written to/);
    for (const name of ['kaldi', 'roastery', 'tea'])
      expect(await status(name, 'spring')).toMatchObject({ planned: 40, accepted: 0, inDoubt: 0 });
    expect(mails.taken.size).toBe(0);
  });

  it('sends nothing whose approval is missing, or was taken back before its turn', {
    timeout: 180_000,
  }, async () => {
    const workspace = promoWorkspace();
    const mails = await sink();
    workspace.write('sites/kaldi/site.yaml', sending('kaldi', mails.url));
    const { run, status, worker } = office(workspace);
    const approvedOnly = [...csv, '--require-approval'];
    const refused = await run('promo', 'send', 'kaldi', 'spring', ...approvedOnly);
    expect(refused).toMatchObject({ code: 77 });
    expect(await status('kaldi', 'spring')).toMatchObject({ state: 'unsent' });
    const asked = await run(
      'approval',
      'request',
      'kaldi',
      'spring',
      ...csv.slice(0, 4),
      '--no-mail',
      '--yes',
    );
    const code = /\b([2-9A-Z]{5}-){3}[2-9A-Z]{5}\b/.exec(asked.stdout)?.[0] ?? '';
    const recorded = await run('approval', 'record', 'kaldi', code, '--json');
    const { statement } = recorded.json<{ statement: string }>();
    expect((await run('promo', 'send', 'kaldi', 'spring', ...approvedOnly)).code).toBe(0);
    expect((await run('approval', 'revoke', 'kaldi', statement, '--yes')).code).toBe(0);
    const one = await worker();
    await one.says(/kaldi \/ spring: .*taken back.*\n.*\n.*No worker tries it again/);
    expect(await status('kaldi', 'spring')).toMatchObject({ planned: 40, accepted: 0, inDoubt: 0 });
    expect(mails.taken.size).toBe(0);
  });

  it('sends one campaign with several workers, and two of one client with a pace', {
    timeout: 180_000,
  }, async () => {
    const workspace = promoWorkspace({ people: 900 });
    const mails = await sink({ latencyMs: 20 });
    const pace = 'pace: {perSecond: 4000, perDomain: {example.com: 100000}}, ';
    workspace.write('sites/kaldi/site.yaml', sending('kaldi', mails.url, pace));
    workspace.write('campaigns/kaldi/autumn/campaign.md', brief('autumn blends'));
    const { run, status, finished, worker } = office(workspace);
    const campaigns = ['spring', 'autumn'];
    for (const campaign of campaigns) {
      expect((await run('promo', 'send', 'kaldi', campaign, ...csv)).json()).toMatchObject({
        state: 'waiting',
      });
      expect(await status('kaldi', campaign)).toMatchObject({ state: 'waiting', planned: 900 });
    }
    expect((await run('today')).stdout).toContain('waits for a worker');
    const workers = await Promise.all([worker(), worker(), worker()]);
    for (const campaign of campaigns)
      expect(await finished('kaldi', campaign)).toMatchObject({ accepted: 900, inDoubt: 0, balanced: true });
    expect([...mails.taken.values()]).toEqual(Array.from({ length: 900 }, () => 2));
    const helped = workers.filter(({ said }) => /\/ (spring|autumn): /.test(said())).length;
    expect(helped, workers.map(({ said }) => said()).join('\n')).toBeGreaterThan(1);
  });
});
