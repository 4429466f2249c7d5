import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serveLoopback } from '../../src/web/loopback.ts';
import { mailboxHandler } from '../../src/web/mailbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const mail = [
  'From: Kaldi <news@kaldi.example>',
  'To: anna@example.com',
  'Subject: =?UTF-8?Q?=3Cb=3ESveiki?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary=x',
  '',
  '--x',
  'Content-Type: text/html',
  '',
  '<script>alert(1)</script><img src="cid:pic@kaldi.example" alt="">',
  '--x',
  'Content-Type: image/png',
  'Content-ID: <pic@kaldi.example>',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '--x--',
  '',
].join('\r\n');

it('shows caught mails, each in a frame that can do nothing', async () => {
  const file = join(temporaryFolder(), '1.eml');
  writeFileSync(file, mail);
  const server = await serveLoopback(mailboxHandler(() => [{ to: 'anna@example.com', file }]));
  onTestFinished(() => server.close());

  expect(await (await fetch(server.url)).text()).toContain('anna@example.com');
  const shown = await (await fetch(`${server.url}1`)).text();
  expect(shown).toContain('&#60;b&#62;Sveiki');
  expect(shown).toContain('<iframe sandbox src="/1/html"');
  const message = await fetch(`${server.url}1/html`);
  expect(message.headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox$/);
  expect(await message.text()).toContain('src="data:image/png;base64,iVBORw0KGgo="');
  expect((await fetch(`${server.url}2`)).status).toBe(404);
});
