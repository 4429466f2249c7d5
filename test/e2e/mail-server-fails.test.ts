import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { write } from '../support/kaldi.ts';
import { sec } from '../support/sec.ts';
import { startSink } from '../support/smtp-sink.ts';
import { minimalWorkspace } from './workspace.ts';

const send = 'promo send kaldi spring --csv customers.csv --basis customer --yes --json --transport';

describe('a mail server that fails', () => {
  const sendTo = (cwd: string, url: string) => sec([...send.split(' '), url], { cwd });

  it('is not there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    server.close();
    await once(server, 'close');
    const cwd = minimalWorkspace();
    const ran = await sendTo(cwd, `smtp://127.0.0.1:${port}`);
    expect(ran.code).toBe(69);
    expect(ran.json()).toMatchObject({ error: { code: 'TRANSPORT_UNREACHABLE' } });
    const status = await sec(['promo', 'status', 'kaldi', 'spring', '--json'], { cwd });
    expect(status.json()).toMatchObject({ state: 'unsent', candidates: 0, balanced: true });
  });

  it('refuses', async () => {
    const sink = await startSink({ greeting: () => '554 5.7.1 No service here' });
    onTestFinished(() => sink.stop());
    const ran = await sendTo(minimalWorkspace(), sink.url);
    expect(ran.code).toBe(69);
    expect(ran.json()).toMatchObject({ error: { code: 'TRANSPORT_REFUSED' } });
  });

  it('vanishes half-way, and the rest is sent afterwards, nobody twice', async () => {
    const cwd = minimalWorkspace();
    const people = Array.from({ length: 60 }, (_, n) => `person${n}@example.com,A\n`).join('');
    write(cwd, 'customers.csv', `email,first_name\n${people}`);
    const first = await startSink({ cutAfter: (n) => (n > 20 ? 10 : undefined) });
    onTestFinished(() => first.stop());
    const ran = await sendTo(cwd, first.url);
    expect(ran.code).toBe(75);
    const stopped = ran.json<{ error: { code: string; details: { inDoubt: number; balanced: boolean } } }>()
      .error;
    expect(stopped).toMatchObject({ code: 'SEND_STOPPED', details: { balanced: true } });
    const second = await startSink();
    onTestFinished(() => second.stop());
    const resumed = await sec(['promo', 'resume', 'kaldi', 'spring', '--transport', second.url, '--json'], {
      cwd,
    });
    const { accepted, inDoubt } = resumed.json<{ accepted: number; inDoubt: number }>();
    expect(accepted + inDoubt).toBe(60);
    expect([...first.taken.keys()].filter((address) => second.taken.has(address))).toEqual([]);
  });
});
