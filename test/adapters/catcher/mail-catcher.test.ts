import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startCatcher } from '../../../src/adapters/catcher/mail-catcher.ts';
import { smtpTransport } from '../../../src/adapters/transports/smtp.ts';
import { mailsTo, readMessage } from '../../contracts/transport.ts';

it.each(['memory', 'a folder'])('catches every message once, in %s', async (where) => {
  const root = await mkdtemp(join(tmpdir(), 'sec-catcher-'));
  const catcher = await startCatcher(where === 'memory' ? {} : { dir: join(root, 'caught') });
  const transport = smtpTransport(catcher.url, {});
  try {
    await transport.check();
    const mails = mailsTo(12);
    const reports = await Promise.all([transport.send(mails.slice(0, 6)), transport.send(mails.slice(6))]);
    expect(reports.flatMap(({ outcomes }) => outcomes.map(({ kind }) => kind))).toEqual(
      Array(12).fill('accepted'),
    );
    const read = await Promise.all(
      catcher.messages.map(async ({ bytes, file }) => readMessage(bytes ?? (await readFile(file ?? '')))),
    );
    const byAddress = (a: { to: string }, b: { to: string }) => a.to.localeCompare(b.to);
    const expected = await Promise.all(mails.map((mail) => readMessage(mail.bytes())));
    expect(read.sort(byAddress)).toEqual(expected.sort(byAddress));
  } finally {
    await transport.close();
    await catcher.close();
    await rm(root, { recursive: true });
  }
});
