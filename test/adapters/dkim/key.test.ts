import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, describe, expect, it } from 'vitest';
import { openDkimKey } from '../../../src/adapters/dkim/key.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import { openMailroom } from '../../../src/delivery/mailroom.ts';
import { wholeOf } from '../../../src/delivery/mime/form.ts';
import { message, recipient, slotText } from '../../delivery/fixtures.ts';

const makeKey = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: () => generateKeyPairSync('ed25519'),
};

const folders: string[] = [];
afterAll(() => {
  for (const dir of folders) rmSync(dir, { recursive: true });
});

function keyFile(kind: keyof typeof makeKey) {
  const dir = mkdtempSync(join(tmpdir(), 'sec-dkim-'));
  folders.push(dir);
  const file = join(dir, 'kaldi.pem');
  const { privateKey, publicKey } = makeKey[kind]();
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const p = (kind === 'rsa' ? der : der.subarray(-32)).toString('base64');
  return { dir, file, record: `v=DKIM1; k=${kind}; p=${p}` };
}

const open = (key: string, root = '/nowhere') =>
  openDkimKey({ client: 'kaldi', domain: 'kaldi.example', selector: 'sec1', key, root });

describe.each(['rsa', 'ed25519'] as const)('a message signed with an %s key', (kind) => {
  const { file, record } = keyFile(kind);
  const signed = async (over = {}) => {
    const room = openMailroom(new Map([['en', message(over)]]), fixedClock('2026-03-04T09:05:06Z'), {
      signer: open(file),
      unsubscribeUrl: (_message, { id }) => `https://kaldi.example/u/${id}`,
    });
    const mail = room.mailFor(recipient(1, { fields: { first_name: 'Ģirts  ."\r\n\r\n' } }));
    return wholeOf(await mail.signed());
  };
  const verify = async (bytes: Uint8Array) => {
    const resolver = async (name: string, type: string) => {
      expect([name, type]).toEqual(['sec1._domainkey.kaldi.example', 'TXT']);
      return [[record]];
    };
    const { results } = await dkimVerify(Buffer.from(bytes), { resolver });
    return results.map(({ status, signingDomain, signingHeaders }) => ({
      result: status.result,
      signingDomain,
      headers: signingHeaders?.keys.toLowerCase().split(/[:\s]+/) ?? [],
    }));
  };

  it('is what an independent verifier finds it to be, the way to unsubscribe included', async () => {
    const [result, ...others] = await verify(await signed({ replyTo: 'office@kaldi.example' }));
    expect(others).toEqual([]);
    expect(result).toMatchObject({ result: 'pass', signingDomain: 'kaldi.example' });
    for (const name of ['from', 'to', 'subject', 'date', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(result?.headers).toContain(name);
  });

  it('holds for long names, attachments and any text', async () => {
    const over = {
      from: { name: 'Kafejnīca "Rīts" un draugi, SIA', email: 'news@kaldi.example' },
      subject: slotText(`${'ļ'.repeat(90)} {{first_name}}  end`),
      text: slotText('a  \n\n{{first_name}}\n\n\n'),
      attachments: [{ filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('x') }],
    };
    expect(await verify(await signed(over))).toMatchObject([{ result: 'pass' }]);
  });

  it.each([
    ['the text', 'spring is here', 'spring is over'],
    ['the way to unsubscribe', 'https://kaldi.example/u/', 'https://evil.example/u/'],
    ['the subject', '\r\nSubject: ', '\r\nSubject: Re: '],
  ])('fails once %s is changed on the way', async (_what, from, to) => {
    const text = Buffer.from(await signed()).toString('latin1');
    expect(text).toContain(from);
    expect(await verify(Buffer.from(text.replace(from, to), 'latin1'))).not.toMatchObject([
      { result: 'pass' },
    ]);
  });

  it('fails once a second sender is added', async () => {
    const text = Buffer.from(await signed()).toString('latin1');
    const added = text.replace('\r\nFrom:', '\r\nFrom: Bank <a@evil.example>\r\nFrom:');
    expect(await verify(Buffer.from(added, 'latin1'))).not.toMatchObject([{ result: 'pass' }]);
  });
});

describe('the key of a client', () => {
  const refused = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return isSecError(error, 'DKIM_KEY_UNUSABLE') ? error.message : `not that error: ${error}`;
    }
    return 'taken';
  };

  it('is refused where it lies in the workspace, is no key, or others may read it', () => {
    const { dir, file } = keyFile('ed25519');
    expect(refused(() => open(file, dir))).toMatch(/in the workspace/);
    expect(refused(() => open('kaldi.pem', dir))).toMatch(/in the workspace/);
    expect(refused(() => open(join(dir, 'none.pem')))).toMatch(/no such file/);
    chmodSync(file, 0o644);
    expect(refused(() => open(file))).toMatch(/chmod 600/);
    const text = join(dir, 'text.pem');
    writeFileSync(text, 'secret words', { mode: 0o600 });
    expect(refused(() => open(text))).toMatch(/not a private key/);
    expect(refused(() => open(text))).not.toContain('secret words');
  });
});
