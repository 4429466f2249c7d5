import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smtpTransport } from '../../../../src/adapters/transports/smtp.ts';
import { mailsTo, readMessage } from '../../../contracts/transport.ts';
import { recipient } from '../../../delivery/fixtures.ts';
import { isMailServerLeftOut, type MailServer, startMailServer } from '../../../support/mail-server.ts';
import { type Sink, startSink } from '../../../support/smtp-sink.ts';

describe.skipIf(isMailServerLeftOut())('a real mail server', () => {
  let sink: Sink;
  let server: MailServer;
  beforeAll(async () => {
    sink = await startSink({ keep: true });
    server = await startMailServer(sink.port);
  });
  afterAll(async () => {
    await server?.stop();
    await sink?.stop();
  });

  const arrived = async (count: number) => {
    for (let left = 400; sink.messages.length < count && left > 0; left--) await wait(50);
    return sink.messages;
  };

  it('takes each message once and hands it on as it was written', async () => {
    const transport = smtpTransport(`smtp://127.0.0.1:${server.port}`, {});
    await transport.check();
    const mails = mailsTo(20);
    const bad = mailsTo(1).map((mail) => ({
      ...mail,
      recipient: recipient(99, { address: 'a..b@-x.example' }),
    }));
    const { outcomes } = await transport.send([...mails, ...bad]);
    await transport.close();
    expect(outcomes.slice(0, 20).map(({ kind }) => kind)).toEqual(Array(20).fill('accepted'));
    expect(outcomes[20]?.kind).toBe('rejected');
    const messages = await arrived(20);
    expect(messages.map(({ to }) => to).sort()).toEqual(mails.map((mail) => mail.recipient.address).sort());
    for (const { to, bytes } of messages) {
      const mail = mails.find((one) => one.recipient.address === to);
      expect(await readMessage(bytes)).toEqual(await readMessage(mail?.bytes() ?? new Uint8Array()));
    }
  });

  it('is found again after it was restarted', async () => {
    const transport = smtpTransport(`smtp://127.0.0.1:${server.port}`, {});
    expect((await transport.send(mailsTo(1))).outcomes).toMatchObject([{ kind: 'accepted' }]);
    const { port } = server;
    await server.stop();
    expect((await transport.send(mailsTo(2))).outcomes.map(({ kind }) => kind)).toEqual([
      'notSent',
      'notSent',
    ]);
    server = await startMailServer(sink.port, port);
    expect((await transport.send(mailsTo(2))).outcomes.map(({ kind }) => kind)).toEqual([
      'accepted',
      'accepted',
    ]);
    await transport.close();
  });
});
