import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { smtpTransport } from '../../../src/adapters/transports/smtp.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import type { Transport } from '../../../src/delivery/transport.ts';
import { mailsTo, readMessage, transportContract } from '../../contracts/transport.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { type Sink, type SinkOptions, startSink } from '../../support/smtp-sink.ts';

/** So many that the sockets get a thread of their own, and so few that they do not. */
const sizes = [
  ['many', 100_000],
  ['few', 3],
] as const;

for (const [extensions, [amount, mails]] of [
  [['PIPELINING', '8BITMIME'], sizes[0]],
  [['PIPELINING', '8BITMIME'], sizes[1]],
  [[], sizes[1]],
] as const) {
  transportContract(`SMTP ${extensions.length > 0 ? 'with' : 'without'} pipelining, ${amount}`, async () => {
    const sink = await startSink({ keep: true, extensions });
    return {
      transport: smtpTransport(sink.url, { SEC_SMTP_PASSWORD: 'secret' }, { mails }),
      received: () => Promise.all(sink.messages.map(({ bytes }) => readMessage(bytes))),
      vanish: () => sink.stop(),
      destroy: () => sink.stop(),
    };
  });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe.each(sizes)('the SMTP transport for %s mails', (_amount, mails) => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.close();
  });

  const against = async (options: SinkOptions): Promise<{ sink: Sink; transport: Transport }> => {
    const sink = await startSink(options);
    const transport = smtpTransport(sink.url, {}, { mails });
    open.push({ close: () => sink.stop() }, transport);
    return { sink, transport };
  };
  const kinds = async (transport: Transport, count: number) =>
    (await transport.send(mailsTo(count))).outcomes.map(({ kind }) => kind);
  const who = (n: number) => recipient(n).address;

  describe.each([
    ['with', ['PIPELINING']],
    ['without', []],
  ])('%s pipelining', (_, extensions) => {
    it('keeps one recipient apart from the next when the server refuses some', async () => {
      const { sink, transport } = await against({
        extensions,
        onRcpt: (to) =>
          to === who(1)
            ? `550 5.1.1 <${to}>: no such user`
            : to === who(2)
              ? '451 4.7.1 greylisted'
              : '250 Ok',
        onMessage: (to) =>
          to === who(4) ? '554 5.7.1 spam' : to === who(5) ? '450 4.2.2 mailbox full' : '250 Ok',
      });
      const { outcomes } = await transport.send(mailsTo(7));
      expect(outcomes.map(({ kind }) => kind)).toEqual([
        'accepted',
        'rejected',
        'deferred',
        'accepted',
        'rejected',
        'deferred',
        'accepted',
      ]);
      expect(outcomes[1]).toEqual({ kind: 'rejected', reason: '550 5.1.1 <(address)>: no such user' });
      expect([...sink.taken]).toEqual([who(0), who(3), who(6)].map((address) => [address, 1]));
      expect(sink.connections).toBe(1);
    });

    it('leaves those in doubt whose message went out without an answer, and goes on with the rest', async () => {
      const { sink, transport } = await against({
        extensions,
        onMessage: (_to, _bytes, n) => (n === 1 ? 'take-and-drop' : '250 Ok'),
        cutAfter: (n) => (n === 3 ? 200 : undefined),
      });
      expect(await kinds(transport, 6)).toEqual([
        'accepted',
        'inDoubt',
        'accepted',
        'inDoubt',
        'accepted',
        'accepted',
      ]);
      expect(Math.max(...sink.taken.values())).toBe(1);
    });

    it('writes nobody off when the server refuses the sender', async () => {
      const { transport, sink } = await against({ extensions, onMail: () => '553 5.7.1 not your address' });
      expect(await kinds(transport, 3)).toEqual(['notSent', 'notSent', 'notSent']);
      expect(sink.taken.size).toBe(0);
    });

    it('writes nobody off when the server asks for a login', async () => {
      const { transport } = await against({ extensions, onRcpt: () => '530 5.7.0 Authentication required' });
      expect(await kinds(transport, 2)).toEqual(['notSent', 'notSent']);
    });

    it('takes a new connection when the server ends one between two messages', async () => {
      let served = 0;
      const { sink, transport } = await against({
        extensions,
        onMail: () => (++served % 3 === 0 ? '421 4.7.0 too many messages in one session' : '250 Ok'),
      });
      expect(await kinds(transport, 8)).toEqual(Array(8).fill('accepted'));
      expect([...sink.taken.values()]).toEqual(Array(8).fill(1));
    });

    it.each(['354 go on', 'what?', '150 wait', '600 6.0.0 no'])(
      'cannot tell what came of a message that is answered "%s", and does not send it again',
      async (reply) => {
        const { transport } = await against({
          extensions,
          onMessage: (_to, _bytes, n) => (n === 0 ? reply : '250 Ok'),
        });
        expect((await kinds(transport, 2))[0]).toBe('inDoubt');
      },
    );

    it("uses up nobody's tries while the server itself is in trouble", async () => {
      const { transport, sink } = await against({
        extensions,
        onMessage: (_to, _bytes, n) => (n < 2 ? '250 Ok' : '452 4.3.1 insufficient system storage'),
      });
      expect(await kinds(transport, 5)).toEqual(['accepted', 'accepted', 'notSent', 'notSent', 'notSent']);
      expect(sink.taken.size).toBe(2);
    });
  });

  it('never ends a message that it did not mean to begin', async () => {
    const { sink, transport } = await against({
      keep: true,
      acceptsDataAnyway: true,
      onRcpt: (to) => (to === who(0) ? '550 5.1.1 no such user' : '250 Ok'),
    });
    expect(await kinds(transport, 3)).toEqual(['rejected', 'accepted', 'accepted']);
    expect(sink.messages.map(({ to }) => to)).toEqual([who(1), who(2)]);
  });

  it('gives up on a server that breaks off after each message, before many are in doubt', async () => {
    const { transport } = await against({ onMessage: () => 'take-and-drop' });
    expect(await kinds(transport, 8)).toEqual(['inDoubt', 'inDoubt', ...Array(6).fill('notSent')]);
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const silent = createServer(() => {});
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    open.push({ close: () => new Promise((resolve) => silent.close(() => resolve())) });
    const { port } = silent.address() as AddressInfo;
    const transport = smtpTransport(`smtp://127.0.0.1:${port}?timeout=1`, {}, { mails });
    await expect(transport.check()).rejects.toMatchObject({ code: 'TRANSPORT_UNREACHABLE' });
    const { sink } = await against({ onMessage: (_to, _bytes, n) => (n === 2 ? 'silence' : '250 Ok') });
    const patient = smtpTransport(`${sink.url}?timeout=1`, {}, { mails });
    open.push(patient);
    const { outcomes } = await patient.send(mailsTo(3));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'inDoubt']);
    expect(outcomes[2]).toMatchObject({ reason: expect.stringContaining('in time') });
  });

  it('takes no answer to a later word for that to a message which the server forgot to answer', async () => {
    const { sink, transport } = await against({
      onMessage: (_to, _bytes, n) => (n === 1 ? 'silence' : '250 Ok'),
    });
    expect(await kinds(transport, 3)).toEqual(['accepted', 'inDoubt', 'accepted']);
    expect(sink.taken.has(who(1))).toBe(false);
  });

  it('trusts no answer that nobody asked for', async () => {
    const { sink, transport } = await against({
      onMessage: (_to, _bytes, n) => (n === 0 ? '250 Ok\r\n250 Ok\r\n250 Ok\r\n250 Ok' : '250 Ok'),
    });
    const { outcomes } = await transport.send(mailsTo(4));
    const certain = outcomes.filter(({ kind }) => kind === 'accepted').length;
    expect(sink.taken.size).toBeGreaterThanOrEqual(certain);
    expect(Math.max(...sink.taken.values())).toBe(1);
  });

  it('keeps its connections between batches, and notices when the server closed them', async () => {
    const { sink, transport } = await against({});
    await kinds(transport, 3);
    await kinds(transport, 3);
    expect(sink.connections).toBe(1);
    await sink.stop();
    expect(await kinds(transport, 2)).toEqual(['notSent', 'notSent']);
    const again = await startSink({}, sink.port);
    open.push({ close: () => again.stop() });
    expect(await kinds(transport, 2)).toEqual(['accepted', 'accepted']);
  });

  it('says that a server refuses it', async () => {
    const { transport } = await against({ greeting: () => '554 5.7.1 your address is blocked' });
    await expect(transport.check()).rejects.toMatchObject({
      code: 'TRANSPORT_REFUSED',
      message: expect.stringContaining('your address is blocked'),
      exitCode: 69,
    });
  });

  it('says that a server which hangs up at once is not there', async () => {
    const { transport } = await against({ greeting: () => 'drop' });
    await expect(transport.check()).rejects.toMatchObject({ code: 'TRANSPORT_UNREACHABLE', exitCode: 69 });
  });

  describe('with a login', () => {
    const serve = async (options: SMTPServerOptions) => {
      const server = new SMTPServer({
        onAuth: ({ username, password }, _session, done) =>
          username === 'office@kaldi.example' && password === 'pa ss%'
            ? done(null, { user: username })
            : done(new Error('Invalid login')),
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on('end', () => done(null));
        },
        ...options,
      });
      server.on('error', () => {});
      const listening = server.listen(0, '127.0.0.1');
      await once(listening, 'listening');
      open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
      const address = listening.address();
      return typeof address === 'object' && address ? address.port : 0;
    };

    it.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('logs in by %s', async (method) => {
      const onAuth: SMTPServerOptions['onAuth'] = (auth, _session, done) =>
        auth.username === 'office@kaldi.example' &&
        (auth.password === 'pa ss%' || (method === 'CRAM-MD5' && auth.validatePassword('pa ss%')))
          ? done(null, { user: auth.username })
          : done(new Error('Invalid login'));
      const port = await serve({ authMethods: [method], onAuth });
      const url = `smtp://office%40kaldi.example@127.0.0.1:${port}`;
      const transport = smtpTransport(url, { SEC_SMTP_PASSWORD: 'pa ss%' }, { mails });
      open.push(transport);
      expect(await kinds(transport, 2)).toEqual(['accepted', 'accepted']);
      const wrong = smtpTransport(url, { SEC_SMTP_PASSWORD: 'other' }, { mails });
      open.push(wrong);
      await expect(wrong.check()).rejects.toMatchObject({ code: 'TRANSPORT_REFUSED' });
    });

    it.each(['smtp', 'smtps'])('sends over %s on this machine, encrypted', async (scheme) => {
      let secure = false;
      const port = await serve({
        secure: scheme === 'smtps',
        onMailFrom: (_address, session, done) => {
          secure = session.secure;
          done();
        },
      });
      const transport = smtpTransport(
        `${scheme}://office%40kaldi.example@127.0.0.1:${port}`,
        {
          SEC_SMTP_PASSWORD: 'pa ss%',
        },
        { mails },
      );
      open.push(transport);
      await transport.check();
      expect(await kinds(transport, 2)).toEqual(['accepted', 'accepted']);
      expect(secure).toBe(true);
    });

    it.each(['PLAIN', 'LOGIN'])(
      'never shows what a server repeats of a password sent by %s',
      async (method) => {
        const sink = await startSink({
          extensions: [`AUTH ${method}`],
          onOther: (line) => `535 5.7.8 cannot use ${line}`,
        });
        open.push({ close: () => sink.stop() });
        const transport = smtpTransport(`smtp://office:wr0ngsecret@127.0.0.1:${sink.port}`, {}, { mails });
        const error: unknown = await transport.check().catch((failure: unknown) => failure);
        expect(isSecError(error, 'TRANSPORT_REFUSED')).toBe(true);
        const { outcomes } = await transport.send(mailsTo(1));
        const shown = JSON.stringify([error, String(error), outcomes]);
        for (const secret of ['wr0ngsecret', base64('wr0ngsecret'), base64('\0office\0wr0ngsecret')])
          expect(shown).not.toContain(secret);
      },
    );

    it('says that the password is wrong, and never shows it', async () => {
      const port = await serve({});
      const transport = smtpTransport(
        `smtp://office%40kaldi.example:wr0ngsecret@127.0.0.1:${port}`,
        {},
        { mails },
      );
      open.push(transport);
      const error: unknown = await transport.check().catch((failure: unknown) => failure);
      expect(isSecError(error, 'TRANSPORT_REFUSED') && error.message).toMatch(/user and password/);
      expect(JSON.stringify(error) + String((error as Error).message)).not.toContain('wr0ngsecret');
      expect(transport.name).toBe(`smtp://127.0.0.1:${port}`);
    });
  });

  it.each([
    ['smtp://', /no host/],
    ['smtp://user@mail.example.com', /no password/],
    ['smtp://mail.example.com?connections=0', /connections/],
    ['smtp://us%er:x@mail.example.com', /%25/],
  ])('refuses %s', (url, problem) => {
    expect(() => smtpTransport(url, {}, { mails })).toThrow(problem);
  });
});
