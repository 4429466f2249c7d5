import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { suppressionCause } from '../../../src/delivery/events/event.ts';
import { isSignedBySendGrid, readSendGridEvents } from '../../../src/delivery/events/sendgrid.ts';
import { messageToken } from '../../../src/delivery/events/whose.ts';

const ANNA = 'A'.repeat(22);
const ours = {
  sec_recipient: ANNA,
  sec_message: messageToken('kaldi', 'spring', ANNA),
  email: 'anna@example.com',
  timestamp: 1_795_000_000,
  sg_message_id: 'abc.filter',
};
const read = (...entries: object[]) =>
  readSendGridEvents(JSON.stringify(entries), { client: 'kaldi', campaigns: ['spring'] });

it.each<[string, object, string | undefined, string | undefined]>([
  ['delivered', { event: 'delivered', response: '250 OK' }, 'delivered', undefined],
  ['put off', { event: 'deferred', response: '421 later' }, 'deferred', undefined],
  [
    'no such mailbox',
    { event: 'bounce', type: 'bounce', status: '5.1.1', reason: '550 5.1.1 x' },
    'bounced',
    'bounced',
  ],
  [
    'full',
    { event: 'bounce', type: 'bounce', status: '5.2.2', reason: '552 5.2.2 full' },
    'bounced',
    undefined,
  ],
  [
    'blocked',
    { event: 'bounce', type: 'blocked', status: '5.1.1', reason: '550 5.1.1 listed' },
    'bounced',
    undefined,
  ],
  ['dropped', { event: 'dropped', reason: 'Bounced Address' }, 'bounced', 'bounced'],
  ['called spam', { event: 'spamreport' }, 'complained', 'complained'],
  ['unsubscribed', { event: 'group_unsubscribe' }, 'unsubscribed', 'unsubscribed'],
  ['opened', { event: 'open' }, undefined, undefined],
  ['something new', { event: 'constructor' }, undefined, undefined],
])('%s', (_what, entry, kind, cause) => {
  const found = read({ ...ours, ...entry });
  expect(found?.events.map((event) => event.kind)).toEqual(kind ? [kind] : []);
  const [event] = found?.events ?? [];
  expect(event && suppressionCause(event)).toBe(cause);
  expect(JSON.stringify(found)).not.toContain('@');
});

it('gives one happening one id, however often it is told', () => {
  const bounce = { ...ours, event: 'bounce', status: '5.1.1', reason: 'to anna@example.com' };
  const found = read(bounce, { ...bounce, reason: 'told again' }, { ...bounce, timestamp: 1_795_000_001 });
  expect(new Set(found?.events.map(({ id }) => id)).size).toBe(2);
});

it('leaves alone what another client, or no sec, has sent through the account', () => {
  const of = (client: string) => ({
    ...ours,
    event: 'spamreport',
    sec_message: messageToken(client, 'spring', ANNA),
  });
  const { sec_recipient: _, ...without } = of('kaldi');
  expect(read(of('dentist'), without, { ...of('kaldi'), sec_recipient: 'anna' }, 'text' as never)).toEqual({
    events: [],
    foreign: 4,
  });
});

it.each(['', '{', '{}', 'null', '"x"'])('is no post of the webhook: %s', (body) => {
  expect(readSendGridEvents(body, { client: 'kaldi', campaigns: [] })).toBeUndefined();
});

it('knows its own signature, over the time and every byte of the body', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const body = Buffer.from('[{"event":"bounce"}]\r\n');
  const timestamp = '1600112502';
  const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), body]), privateKey).toString(
    'base64',
  );
  expect(isSignedBySendGrid(key, { signature, timestamp, body })).toBe(true);
  for (let at = 0; at < body.length; at++) {
    const changed = Buffer.from(body);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(isSignedBySendGrid(key, { signature, timestamp, body: changed })).toBe(false);
  }
  expect(isSignedBySendGrid(key, { signature, timestamp: '1600112503', body })).toBe(false);
  expect(isSignedBySendGrid(key, { signature: '', timestamp, body })).toBe(false);
  expect(isSignedBySendGrid('no key', { signature, timestamp, body })).toBe(false);
  const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;
  const wrong = other.export({ format: 'der', type: 'spki' }).toString('base64');
  expect(isSignedBySendGrid(wrong, { signature, timestamp, body })).toBe(false);
});
