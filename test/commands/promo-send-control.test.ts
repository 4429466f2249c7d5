import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SendReceipt } from '../../src/delivery/receipt.ts';
import { personAddress, promoWorkspace } from '../support/promo-workspace.ts';
import { sec } from '../support/sec.ts';
import { startEndpoint } from '../support/sendgrid-endpoint.ts';
import { type SinkOptions, startSink } from '../support/smtp-sink.ts';

const DEV = resolve(import.meta.dirname, '../..', process.env.SEC_TEST_BIN ?? 'bin/dev.js');
const csv = ['--csv', 'customers.csv', '--basis', 'customer'];

const sink = async (options: SinkOptions = {}) => {
  const started = await startSink(options);
  onTestFinished(() => started.stop());
  return started;
};

describe('a send under way', () => {
  it('goes on when whoever read its progress has gone', async () => {
    const { dir } = promoWorkspace({ people: 300 });
    const server = await sink();
    const words = ['kaldi', 'spring', '--transport', server.url, ...csv, '--yes'];
    const child = spawn(process.execPath, [DEV, 'promo', 'send', ...words], { cwd: dir });
    child.stderr.once('data', () => child.stderr.destroy());
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'close');
    expect({ code, taken: server.taken.size }).toEqual({ code: 0, taken: 300 });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'finishes what is in flight at %s and says how to go on',
    async (signal) => {
      const { dir } = promoWorkspace({ people: 1500 });
      let offered = 0;
      const server = await sink({
        onMessage: () => {
          if (++offered === 20) child.kill(signal);
          return '250 Ok';
        },
      });
      const words = ['kaldi', 'spring', '--transport', server.url, '--json'];
      const child = spawn(process.execPath, [DEV, 'promo', 'send', ...words, ...csv, '--yes'], { cwd: dir });
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk;
      });
      const [code] = await once(child, 'close');
      expect(code, stdout).toBe(75);
      const { error } = JSON.parse(stdout) as { error: { code: string; hint: string; details: SendReceipt } };
      expect(error.code).toBe('SEND_INTERRUPTED');
      expect(error.hint).toContain('sec promo resume kaldi spring');
      expect(error.details).toMatchObject({
        sending: 0,
        inDoubt: 0,
        balanced: true,
        accepted: server.taken.size,
      });
      const resumed = await sec(['promo', 'resume', ...words], { cwd: dir });
      expect(resumed.json()).toMatchObject({ state: 'finished', accepted: 1500, inDoubt: 0 });
      expect(Math.max(...server.taken.values())).toBe(1);
    },
  );

  it('pauses at a word from elsewhere, tells its state meanwhile, and is cancelled for good', async () => {
    const { dir } = promoWorkspace({ people: 1500 });
    let reached: () => void = () => {};
    const middle = new Promise<void>((done) => {
      reached = done;
    });
    let offered = 0;
    const server = await sink({
      onMessage: () => {
        if (++offered === 20) reached();
        return '250 Ok';
      },
    });
    const words = ['kaldi', 'spring', '--transport', server.url, '--json'];
    const sending = sec(['promo', 'send', ...words, ...csv, '--yes'], { cwd: dir });
    await middle;
    const told = await sec(['promo', 'pause', 'kaldi', 'spring', '--json'], { cwd: dir });
    expect(told.code, told.stdout).toBe(0);
    const paused = await sending;
    const receipt = paused.json<SendReceipt>();
    if (receipt.state === 'finished') return expect(receipt.accepted).toBe(1500);
    expect(paused.code).toBe(75);
    expect(receipt).toMatchObject({ state: 'paused', sending: 0, balanced: true });

    const cancelled = await sec(['promo', 'cancel', 'kaldi', 'spring', '--yes', '--json'], { cwd: dir });
    expect(cancelled.json()).toMatchObject({ state: 'cancelled', planned: receipt.planned });
    const resumed = await sec(['promo', 'resume', ...words], { cwd: dir });
    expect(resumed.code).toBe(77);
    return expect(server.taken.size).toBe(receipt.accepted);
  });
});

describe('sec promo resolve', () => {
  it('lists those in doubt by name, settles some, and lets resume write to the others', async () => {
    const { dir } = promoWorkspace({ people: 30 });
    const doubtful = [3, 20].map(personAddress);
    const server = await sink({ onMessage: (to) => (doubtful.includes(to) ? 'drop' : '250 Ok') });
    const words = ['kaldi', 'spring', '--transport', server.url, '--json'];
    const sent = (await sec(['promo', 'send', ...words, ...csv, '--yes'], { cwd: dir })).json();
    expect(sent).toMatchObject({ state: 'finished', accepted: 28, inDoubt: 2 });

    const listed = await sec(['promo', 'resolve', 'kaldi', 'spring'], { cwd: dir });
    for (const address of doubtful) expect(listed.stdout).toContain(address);
    const unknown = await sec(
      ['promo', 'resolve', 'kaldi', 'spring', '--as', 'accepted', '--only', 'x@example.com', '--yes'],
      { cwd: dir },
    );
    expect(unknown.code).toBe(2);
    const some = await sec(
      [
        'promo',
        'resolve',
        'kaldi',
        'spring',
        '--as',
        'accepted',
        '--only',
        doubtful[0] ?? '',
        '--yes',
        '--json',
      ],
      { cwd: dir },
    );
    expect(some.json()).toMatchObject({ resolved: 1, accepted: 29, inDoubt: 1, balanced: true });
    const rest = await sec(
      ['promo', 'resolve', 'kaldi', 'spring', '--as', 'not-accepted', '--yes', '--json'],
      { cwd: dir },
    );
    expect(rest.json()).toMatchObject({ resolved: 1, planned: 1, inDoubt: 0, state: 'stopped' });

    doubtful.splice(0);
    expect((await sec(['promo', 'resume', ...words], { cwd: dir })).json()).toMatchObject({
      accepted: 30,
      planned: 0,
    });
    expect(server.taken.get(personAddress(20))).toBe(1);
    expect(server.taken.has(personAddress(3))).toBe(false);
  });
});

describe('sec promo test', () => {
  it('sends one copy to oneself, marked, with nobody in it, and records nothing', async () => {
    const { dir } = promoWorkspace();
    const server = await sink({ keep: true });
    const words = [
      'promo',
      'test',
      'kaldi',
      'spring',
      '--to',
      'office@example.com',
      '--transport',
      server.url,
    ];
    const ran = await sec([...words, '--json'], { cwd: dir });
    expect(ran.json()).toMatchObject({
      client: 'kaldi',
      campaign: 'spring',
      subject: '[TEST] Spring blends, [first name]',
    });
    expect(server.messages.map(({ to }) => to)).toEqual(['office@example.com']);
    expect((await sec(['promo', 'status', 'kaldi', 'spring', '--json'], { cwd: dir })).json()).toMatchObject({
      state: 'unsent',
    });
  });

  it('has SendGrid check the copy with --check-only, and sends nothing', async () => {
    const { dir } = promoWorkspace();
    const endpoint = await startEndpoint();
    onTestFinished(() => endpoint.stop());
    const env = { SENDGRID_API_KEY: 'SG.test-secret', SENDGRID_BASE_URL: endpoint.url };
    const words = ['promo', 'test', 'kaldi', 'spring', '--transport', 'sendgrid:', '--check-only', '--json'];
    const ran = await sec([...words, '--to', 'office@example.com'], { cwd: dir, env });
    expect(ran.json()).toMatchObject({ sent: false, subject: '[TEST] Spring blends, [first name]' });
    expect({ checked: endpoint.checked.length, taken: endpoint.taken.size }).toEqual({
      checked: 1,
      taken: 0,
    });
    const refused = await sec([...words, '--to', 'refused@example.com'], { cwd: dir, env });
    expect(refused.code).toBe(69);
    expect(refused.json()).toMatchObject({ error: { code: 'TEST_FAULTY' } });
    expect(refused.stdout).not.toContain('refused@example.com');
  });

  it('refuses --check-only where the transport can only send', async () => {
    const { dir } = promoWorkspace();
    const server = await sink();
    const words = [
      'promo',
      'test',
      'kaldi',
      'spring',
      '--to',
      'office@example.com',
      '--check-only',
      '--json',
    ];
    const ran = await sec([...words, '--transport', server.url], { cwd: dir });
    expect(ran.code).toBe(2);
    expect(ran.json()).toMatchObject({ error: { code: 'TEST_UNCHECKABLE' } });
    expect(server.taken.size).toBe(0);
  });
});
