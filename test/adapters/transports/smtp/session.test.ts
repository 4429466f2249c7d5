import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRefusal, plainProblem } from '../../../../src/adapters/transports/smtp/classify.ts';
import { SmtpFailure } from '../../../../src/adapters/transports/smtp/failure.ts';
import { smtpOptions } from '../../../../src/adapters/transports/smtp/options.ts';
import { openSession } from '../../../../src/adapters/transports/smtp/session.ts';
import { selfSigned } from '../../../support/certificate.ts';
import { letterTo } from '../../../support/letters.ts';
import { startSink } from '../../../support/smtp-sink.ts';

/** The options for another machine, with the connection itself led to this one. */
const asIfElsewhere = (scheme: string, port: number, env = {}, user = '') => {
  const options = smtpOptions(`${scheme}://${user}mail.example.com:${port}`, env);
  return { ...options, host: '127.0.0.1' };
};
const failure = async (work: Promise<unknown>): Promise<SmtpFailure> => {
  const error: unknown = await work.then(() => undefined).catch((reason: unknown) => reason);
  if (!(error instanceof SmtpFailure)) throw new Error('a failure was expected');
  return error;
};

describe('mail to another machine', () => {
  it('is never offered without encryption, nor is the password', async () => {
    const sink = await startSink({ keep: true, extensions: ['AUTH PLAIN LOGIN'] });
    onTestFinished(() => sink.stop());
    const options = asIfElsewhere('smtp', sink.port, { SEC_SMTP_PASSWORD: 'secret' }, 'office@');
    const error = await failure(openSession(options));
    expect(isRefusal(error)).toBe(true);
    expect(plainProblem(error)).toMatch(/encryption/);
    expect(sink.commands[0]).toMatch(/^EHLO/);
    expect(sink.commands.some((line) => /^(AUTH|MAIL)/.test(line))).toBe(false);
  });

  it.each(['smtp', 'smtps'])(
    'is not sent over %s to a server whose certificate is not trusted',
    async (scheme) => {
      const server = new SMTPServer({ secure: scheme === 'smtps', authOptional: true });
      server.on('error', () => {});
      const listening = server.listen(0, '127.0.0.1');
      await once(listening, 'listening');
      onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
      const address = listening.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const error = await failure(openSession(asIfElsewhere(scheme, port)));
      expect(isRefusal(error)).toBe(true);
      expect(plainProblem(error)).toMatch(/certificate/);
    },
  );

  it.each(['smtp', 'smtps'])('goes over %s to a server whose certificate is trusted', async (scheme) => {
    const { cert, key } = selfSigned();
    let secure = false;
    const server = new SMTPServer({
      secure: scheme === 'smtps',
      authOptional: true,
      cert,
      key,
      onMailFrom: (_address, session, done) => {
        secure = session.secure;
        done();
      },
      onData: (stream, _session, done) => stream.resume().on('end', () => done(null)),
    });
    server.on('error', () => {});
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
    const address = listening.address();
    const options = asIfElsewhere(scheme, typeof address === 'object' && address ? address.port : 0);
    const session = await openSession({ ...options, tls: { ...options.tls, ca: cert } });
    expect((await session.send([letterTo('anna@example.com')])).outcomes).toMatchObject([
      { kind: 'accepted' },
    ]);
    expect(secure).toBe(true);
    session.close();
  });

  it('takes no words for the encrypted server’s that somebody slipped in before', async () => {
    const sink = await startSink({
      extensions: ['STARTTLS'],
      onOther: (line) => (line === 'STARTTLS' ? '220 go on\r\n250 slipped in' : '502 unknown'),
    });
    onTestFinished(() => sink.stop());
    const error = await failure(openSession(asIfElsewhere('smtp', sink.port)));
    expect(isRefusal(error)).toBe(true);
  });
});

it('reads what an address says', () => {
  expect(smtpOptions('smtp://127.0.0.1:2525', {})).toMatchObject({
    name: 'smtp://127.0.0.1:2525',
    login: undefined,
    port: 2525,
    secure: false,
    mustEncrypt: false,
  });
  const env = { SEC_SMTP_PASSWORD: 'p%a' };
  const options = smtpOptions('smtps://office%40kaldi.example@mail.example.com?connections=2&timeout=9', env);
  expect(options).toMatchObject({
    name: 'smtps://mail.example.com:465',
    connections: 2,
    login: { user: 'office@kaldi.example', pass: 'p%a' },
    port: 465,
    secure: true,
    tls: { rejectUnauthorized: true },
    answerMs: 9000,
  });
});
