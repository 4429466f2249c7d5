import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SendReceipt } from '../../src/delivery/receipt.ts';
import { brief, customers, personAddress, promoWorkspace, site } from '../support/promo-workspace.ts';
import { type Ran, sec } from '../support/sec.ts';
import { type SinkOptions, startSink } from '../support/smtp-sink.ts';

const sink = async (options: SinkOptions = {}) => {
  const started = await startSink(options);
  onTestFinished(() => started.stop());
  return started;
};
const csv = ['--csv', 'customers.csv', '--basis', 'customer'];
const error = (ran: Ran) =>
  ran.json<{ error: { code: string; message: string; details: Record<string, unknown> } }>().error;

describe('sec promo send', () => {
  it('brings a CSV file to everybody once, prints the contract, and does nothing a second time', async () => {
    const { dir } = promoWorkspace();
    const server = await sink({ keep: true });
    const words = ['promo', 'send', 'kaldi', 'spring', ...csv, '--transport', server.url, '--yes', '--json'];
    const first = await sec(words, { cwd: dir });
    expect(first, first.stdout + first.stderr).toMatchObject({ code: 0 });
    expect(first.json<SendReceipt>()).toEqual({
      client: 'kaldi',
      campaign: 'spring',
      state: 'finished',
      candidates: 42,
      excluded: { suppressed: 0, duplicate: 1, invalid: 1, segment: 0 },
      planned: 0,
      sending: 0,
      accepted: 40,
      rejected: 0,
      inDoubt: 0,
      balanced: true,
      requests: 40,
      durationMs: expect.any(Number),
    });
    const everybody = new Map(Array.from({ length: 40 }, (_, n) => [personAddress(n), 1]));
    expect(new Map([...server.taken].sort())).toEqual(new Map([...everybody].sort()));
    const mail = server.messages.find(({ to }) => to === personAddress(7))?.bytes.toString() ?? '';
    expect(mail).toContain('Subject: Spring blends, Anna 7');

    const second = await sec(
      words.filter((word) => word !== '--json'),
      { cwd: dir },
    );
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing was sent') });
    expect(server.messages).toHaveLength(40);
    const status = await sec(['promo', 'status', 'kaldi', 'spring', '--json'], { cwd: dir });
    expect(status.json()).toMatchObject({ state: 'finished', accepted: 40, balanced: true, requests: 40 });
  });

  it('shows the plan under --dry-run, and records nothing', async () => {
    const { dir } = promoWorkspace();
    const words = [
      'promo',
      'send',
      'kaldi',
      'spring',
      ...csv,
      '--transport',
      'smtp://user:hunter22@127.0.0.1:9',
      '--dry-run',
    ];
    const shown = await sec(words, { cwd: dir });
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stdout).toMatch(/to +40 people/);
    expect(shown.stdout).toContain('1 twice in the list, 1 without a usable address');
    expect(shown.stdout).not.toContain('hunter22');
    const planned = (await sec([...words, '--json'], { cwd: dir })).json();
    expect(planned).toMatchObject({
      state: 'planned',
      candidates: 42,
      planned: 40,
      accepted: 0,
      balanced: true,
    });
    expect((await sec(['promo', 'status', 'kaldi', 'spring', '--json'], { cwd: dir })).json()).toMatchObject({
      state: 'unsent',
      candidates: 0,
    });
  });

  it.each([
    ['without a yes', promoWorkspaceWords(['--transport', 'outbox:out']), 2, 'CONFIRMATION_NEEDED'],
    [
      'without a server',
      promoWorkspaceWords(['--transport', 'smtp://127.0.0.1:9', '--yes']),
      69,
      'TRANSPORT_UNREACHABLE',
    ],
    ['without a transport', promoWorkspaceWords(['--yes']), 78, 'TRANSPORT_MISSING'],
    [
      'with a transport that is none',
      promoWorkspaceWords(['--transport', 'smpt://x', '--yes']),
      78,
      'TRANSPORT_INVALID',
    ],
  ])('changes nothing %s', async (_what, words, code, name) => {
    const { dir } = promoWorkspace();
    const ran = await sec([...words, '--json'], { cwd: dir });
    expect(ran.code).toBe(code);
    expect(error(ran).code).toBe(name);
    expect(readdirSync(dir)).not.toContain('out');
    expect((await sec(['promo', 'status', 'kaldi', 'spring', '--json'], { cwd: dir })).json()).toMatchObject({
      state: 'unsent',
    });
  });

  it.each([
    [{ approval: 'required' as const }, 'APPROVAL_MISSING'],
    [{ hours: closedHours() }, 'OUTSIDE_HOURS'],
  ])('is refused by the rules of the client before anything is touched: %j', async (policy, code) => {
    const { dir } = promoWorkspace(policy);
    const server = await sink();
    for (const verb of [
      ['send', 'kaldi', 'spring', ...csv, '--yes'],
      ['resume', 'kaldi', 'spring'],
    ]) {
      const ran = await sec(['promo', ...verb, '--transport', server.url, '--json'], { cwd: dir });
      expect(ran.code).toBe(77);
      expect(error(ran).code).toBe(code);
    }
    expect(server.connections).toBe(0);
  });

  it.each([
    ['starts', 1, 'CAMPAIGN_EARLY'],
    ['ends', -1, 'CAMPAIGN_OVER'],
  ])('keeps to the days of the brief, also in the middle: %s', async (field, days, code) => {
    const { dir, write } = promoWorkspace();
    const other = Temporal.Now.plainDateISO('Europe/Riga').add({ days });
    const dated = brief('Our **spring blends** have arrived.', `${field}: ${other}\n`);
    let offered = 0;
    const server = await sink({ onMessage: () => (offered++ < 12 ? '250 Ok' : 'drop') });
    const words = ['--transport', server.url, '--json'];
    const send = ['promo', 'send', 'kaldi', 'spring', ...csv, '--yes', ...words];
    write('campaigns/kaldi/spring/campaign.md', dated);
    const early = await sec(send, { cwd: dir });
    expect({ exit: early.code, code: error(early).code }).toEqual({ exit: 77, code });
    expect(server.connections).toBe(0);

    write('campaigns/kaldi/spring/campaign.md', brief('Our **spring blends** have arrived.'));
    expect((await sec(send, { cwd: dir })).code).toBe(75);
    const before = new Map(server.taken);
    write('campaigns/kaldi/spring/campaign.md', dated);
    for (const again of [send, ['promo', 'resume', 'kaldi', 'spring', ...words]]) {
      const ran = await sec(again, { cwd: dir });
      expect({ exit: ran.code, code: error(ran).code }).toEqual({ exit: 77, code });
    }
    expect(server.taken).toEqual(before);
  });

  it('stops when the server disappears half-way, loses nobody, and resume finishes', async () => {
    const { dir } = promoWorkspace({ people: 200 });
    const server = await startSink({
      onMessage: () => {
        if (server.taken.size === 60) void server.stop();
        return '250 Ok';
      },
    });
    const words = ['kaldi', 'spring', '--transport', server.url];
    const stopped = await sec(['promo', 'send', ...words, ...csv, '--yes', '--json'], { cwd: dir });
    expect(stopped.code, stopped.stdout).toBe(75);
    const { code, details } = error(stopped);
    expect(code).toBe('SEND_STOPPED');
    expect(details).toMatchObject({ balanced: true, state: 'stopped', sending: 0, candidates: 202 });
    expect(stopped.stdout + stopped.stderr).not.toContain('person');

    const back = await startSink({}, server.port);
    onTestFinished(() => back.stop());
    const resumed = await sec(['promo', 'resume', ...words, '--json'], { cwd: dir });
    expect(resumed.code, resumed.stdout).toBe(0);
    const receipt = resumed.json<SendReceipt>();
    expect(receipt).toMatchObject({ state: 'finished', planned: 0, balanced: true });
    expect(receipt.accepted + receipt.inDoubt).toBe(200);
    for (const address of back.taken.keys()) expect(server.taken.has(address)).toBe(false);

    const list = await sec(['promo', 'resolve', 'kaldi', 'spring', '--json'], { cwd: dir });
    expect(list.json<{ doubts: unknown[] }>().doubts).toHaveLength(receipt.inDoubt);
  });

  it('refuses to go on with another text, and says which one the people have', async () => {
    const { dir, write } = promoWorkspace();
    let offered = 0;
    const server = await sink({ onMessage: () => (offered++ < 12 ? '250 Ok' : 'drop') });
    const words = ['kaldi', 'spring', '--transport', server.url, '--json'];
    expect((await sec(['promo', 'send', ...words, ...csv, '--yes'], { cwd: dir })).code).toBe(75);
    write('campaigns/kaldi/spring/campaign.md', brief('Something else.'));
    const ran = await sec(['promo', 'resume', ...words], { cwd: dir });
    expect(ran.code).toBe(77);
    expect(error(ran).code).toBe('MESSAGE_CHANGED');
  });

  it('keeps two clients apart that share a campaign name and customers', async () => {
    const { dir, write } = promoWorkspace({ people: 5 });
    write('sites/molen/site.yaml', site('De Molen', 'molen'));
    write('campaigns/molen/spring/campaign.md', brief('Fresh bread.'));
    write('molen.csv', customers(3));
    const server = await sink({ keep: true });
    const send = (client: string, file: string) =>
      sec(
        [
          'promo',
          'send',
          client,
          'spring',
          '--csv',
          file,
          '--basis',
          'customer',
          '--transport',
          server.url,
          '--yes',
          '--json',
        ],
        { cwd: dir },
      );
    expect((await send('kaldi', 'customers.csv')).json()).toMatchObject({ client: 'kaldi', accepted: 5 });
    expect((await send('molen', 'molen.csv')).json()).toMatchObject({ client: 'molen', accepted: 3 });
    const of = (client: string) =>
      server.messages.filter(({ bytes }) => bytes.includes(`<news@${client}.example>`));
    expect(of('kaldi').some(({ bytes }) => bytes.includes('molen') || bytes.includes('De Molen'))).toBe(
      false,
    );
    expect([of('kaldi').length, of('molen').length]).toEqual([5, 3]);
    expect(readdirSync(join(dir, '.sec/clients')).sort()).toEqual(['kaldi', 'molen']);
  });
});

function promoWorkspaceWords(rest: readonly string[]) {
  return ['promo', 'send', 'kaldi', 'spring', ...csv, ...rest];
}

/** An hour of the day that is over or far: at least three hours from now in Riga. */
function closedHours(): string {
  const hour = (Temporal.Now.zonedDateTimeISO('Europe/Riga').hour + 6) % 24;
  const two = String(hour).padStart(2, '0');
  return `${two}:00-${two}:30`;
}
