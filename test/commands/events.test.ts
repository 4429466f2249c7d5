import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { recipientId } from '../../src/audience/recipient-id.ts';
import { messageToken } from '../../src/delivery/events/whose.ts';
import { unsubscribeLink } from '../../src/delivery/unsubscribe-link.ts';
import { listsIn } from '../support/lists.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const webhook = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const webhookKey = webhook.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** An office with two clients. */
async function office() {
  const root = temporaryFolder();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('sec.yaml', 'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n');
  for (const name of ['kaldi', 'dentist']) {
    put(
      `sites/${name}/site.yaml`,
      `name: ${name} & co\nurl: https://${name}.example\nlocales: [lv, en]\nsender: {name: ${name}, email: news@${name}.example, address: Riga, unsubscribe: "https://mail.office.example", sendgridWebhookKey: "${webhookKey}"}\n`,
    );
    put(
      `campaigns/${name}/spring/campaign.md`,
      '---\nsubject: Spring\ntemplate: promo\nlist: customers\n---\nHello.\n',
    );
  }
  const keys = new Map<string, Uint8Array>();
  for (const client of ['kaldi', 'dentist']) {
    const store = await listsIn(root, client);
    store.close();
    keys.set(client, store.clientKey);
  }
  const key = (client: string) => keys.get(client) ?? new Uint8Array();
  const idOf = (client: string, address: string) => recipientId(key(client), address);
  const link = (client: string, address: string) =>
    new URL(
      unsubscribeLink('https://x.example', key(client), {
        client,
        campaign: 'spring',
        recipient: idOf(client, address),
      }),
    ).pathname;
  const suppressed = async (client: string) => {
    const store = await listsIn(root, client);
    const count = store.suppression.count();
    store.close();
    return count;
  };
  return { root, put, idOf, link, suppressed };
}

async function serve(root: string): Promise<string> {
  const bin = resolve(import.meta.dirname, '../..', process.env.SEC_TEST_BIN ?? 'bin/dev.js');
  const child = spawn(process.execPath, [bin, 'events', 'serve'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  stops.push(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stderr })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error('The server did not start.');
}

describe('the server', () => {
  it('takes people off by one click (RFC 8058), at their own client alone', async () => {
    const { root, link, suppressed } = await office();
    const url = await serve(root);
    const anna = `${url}${link('kaldi', 'anna@example.com')}`;
    const looked = await fetch(anna, { headers: { 'accept-language': 'en-GB,en' } });
    expect(looked.status).toBe(200);
    expect(looked.headers.get('set-cookie')).toBeNull();
    expect(await looked.text()).toContain('Do you want no more promotions from kaldi &#38; co?');
    for (let n = 0; n < 50; n++) await fetch(anna, { method: n % 2 ? 'GET' : 'HEAD' });
    expect(await suppressed('kaldi')).toBe(0);

    const clicked = await fetch(anna, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect([clicked.status, clicked.headers.get('set-cookie')]).toEqual([200, null]);
    expect(await clicked.text()).toContain('jums vairs nerakstīs');
    expect(await suppressed('kaldi')).toBe(1);
    expect(await suppressed('dentist')).toBe(0);

    const forged = link('kaldi', 'berta@example.com').replace('/kaldi/', '/dentist/');
    const refused = await fetch(`${url}${forged}`, { method: 'POST' });
    expect([refused.status, await suppressed('dentist')]).toEqual([404, 0]);
    for (const [method, path, status] of [
      ['DELETE', link('kaldi', 'anna@example.com'), 405],
      ['GET', '/sendgrid/kaldi', 405],
      ['GET', '/', 404],
      ['POST', '/u/kaldi/spring/x/y', 404],
    ] as const)
      expect([method, path, (await fetch(`${url}${path}`, { method })).status]).toEqual([
        method,
        path,
        status,
      ]);
  });

  it('takes SendGrid’s events when they are signed, once each, and tells nobody anything', async () => {
    const { root, put, idOf, suppressed } = await office();
    put('people.csv', 'email\nanna@example.com\nberta@example.com\ncilla@example.com\n');
    for (const client of ['kaldi', 'dentist']) {
      const words = [
        '--csv',
        'people.csv',
        '--basis',
        'customer',
        '--transport',
        'outbox:out',
        '--yes',
        '--json',
      ];
      expect((await sec(['promo', 'send', client, 'spring', ...words], { cwd: root })).code).toBe(0);
    }
    const url = await serve(root);
    const entry = (address: string, more: object) => ({
      email: address,
      timestamp: 1_795_000_000,
      sg_message_id: 'm1',
      sec_recipient: idOf('kaldi', address),
      sec_message: messageToken('kaldi', 'spring', idOf('kaldi', address)),
      ...more,
    });
    const body = JSON.stringify([
      entry('anna@example.com', { event: 'bounce', status: '5.1.1', reason: '550 5.1.1 unknown' }),
      entry('berta@example.com', { event: 'spamreport' }),
      entry('cilla@example.com', { event: 'delivered' }),
    ]);
    const post = (client: string, signed = body) => {
      const timestamp = '1795000001';
      const signature = sign('sha256', Buffer.from(timestamp + signed), webhook.privateKey).toString(
        'base64',
      );
      return fetch(`${url}/sendgrid/${client}`, {
        method: 'POST',
        body,
        headers: {
          'x-twilio-email-event-webhook-signature': signature,
          'x-twilio-email-event-webhook-timestamp': timestamp,
        },
      });
    };
    const forged = await post('kaldi', `${body} `);
    expect([forged.status, await forged.text(), await suppressed('kaldi')]).toEqual([403, '', 0]);
    expect((await post('nobody')).status).toBe(403);
    expect((await post('kaldi')).status).toBe(204);
    expect((await post('kaldi')).status).toBe(204);
    expect(await suppressed('kaldi')).toBe(2);
    expect((await post('dentist')).status).toBe(204);
    expect(await suppressed('dentist')).toBe(0);

    const eml = readdirSync(join(root, 'out'))
      .map((file) => readFileSync(join(root, 'out', file), 'utf8'))
      .find((mail) => mail.includes('To: <cilla@example.com>') && mail.includes('kaldi'));
    expect(eml).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const own = /^List-Unsubscribe: <https:\/\/mail\.office\.example(\/u\/[^>]+)>/m.exec(eml ?? '')?.[1];
    expect((await fetch(`${url}${own}`, { method: 'POST' })).status).toBe(200);
    expect(await suppressed('kaldi')).toBe(3);
    const report = await sec(['promo', 'report', 'kaldi', 'spring', '--json', '--out', 'report.html'], {
      cwd: root,
    });
    expect(report.json()).toMatchObject({
      sent: 3,
      delivered: 1,
      bounced: 1,
      complained: 1,
      unsubscribed: 1,
    });
    const page = readFileSync(join(root, 'report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html><html lang="lv">/);
    expect(page).toContain('kaldi &#38; co');
    expect(page).not.toMatch(/anna|https?:/);
    await sec(['list', 'allow', 'kaldi', 'berta@example.com', '--yes'], { cwd: root });
    expect((await post('kaldi')).status).toBe(204);
    expect(await suppressed('kaldi')).toBe(2);
    const log = join(root, '.sec/clients/kaldi/events.sqlite');
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(
      readFileSync(log, 'latin1') + readFileSync(`${log}-wal`, { encoding: 'latin1', flag: 'a+' }),
    ).not.toContain('example.com');
  });
});

describe('sec events import', () => {
  it('reads a mailbox file and saved mails, and counts what it could not use', async () => {
    const { root, put, idOf, suppressed } = await office();
    const mail = (address: string) =>
      `From: reader@example.com\nSubject: unsubscribe ${idOf('kaldi', address)}\nMessage-ID: <${address}>\n\nPlease.\n`;
    put(
      'mails/inbox.mbox',
      `From a Fri Nov 20\n${mail('anna@example.com')}\nFrom b Fri Nov 20\nSubject: Hello\n\n>From me.\n`,
    );
    put('mails/one.eml', mail('berta@example.com'));
    const run = () => sec(['events', 'import', 'kaldi', 'mails', '--json'], { cwd: root });
    const first = await run();
    expect(first.code).toBe(0);
    expect(first.json()).toMatchObject({
      read: 3,
      added: { unsubscribed: 2 },
      suppressed: 2,
      other: 1,
      known: 0,
    });
    expect((await run()).json()).toMatchObject({ added: {}, known: 2, suppressed: 0 });
    expect(await suppressed('kaldi')).toBe(2);
  });

  it('says what is missing', async () => {
    const { root, put } = await office();
    put('no.json', '{"a": 1}');
    const none = await sec(['events', 'import', 'kaldi', 'nothing.eml'], { cwd: root });
    expect([none.code, none.stderr]).toEqual([
      65,
      expect.stringContaining('nothing.eml: there is no such file'),
    ]);
    const json = await sec(['events', 'import', 'kaldi', 'no.json'], { cwd: root });
    expect([json.code, json.stderr]).toEqual([65, expect.stringContaining('no list of SendGrid events')]);
    expect((await sec(['events', 'import', 'kaldi'], { cwd: root })).code).toBe(2);
  });
});
