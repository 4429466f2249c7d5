import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sendgridTransport } from '../../../src/adapters/transports/sendgrid.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { openMailroom } from '../../../src/delivery/mailroom.ts';
import type { Transport } from '../../../src/delivery/transport.ts';
import { mailsTo, transportContract } from '../../contracts/transport.ts';
import { message, recipient, slotText } from '../../delivery/fixtures.ts';
import {
  type Behaviour,
  type Endpoint,
  type MailSend,
  render,
  startEndpoint,
} from '../../support/sendgrid-endpoint.ts';

const clock = fixedClock('2026-03-02T10:00:00Z');
const environment = (url: string) => ({ SENDGRID_API_KEY: 'SG.test-secret', SENDGRID_BASE_URL: url });

transportContract('SendGrid', async () => {
  const endpoint = await startEndpoint();
  return {
    transport: sendgridTransport(environment(endpoint.url), clock),
    received: async () =>
      endpoint.requests.flatMap((mail) => mail.personalizations.map((person) => render(mail, person))),
    vanish: () => endpoint.stop(),
    destroy: () => endpoint.stop(),
  };
});

describe('the SendGrid transport', () => {
  const endpoints: Endpoint[] = [];
  afterEach(async () => {
    for (const endpoint of endpoints.splice(0)) await endpoint.stop();
  });
  const against = async (
    behave?: (n: number, mail: MailSend) => Behaviour,
  ): Promise<{ endpoint: Endpoint; transport: Transport }> => {
    const endpoint = await startEndpoint(behave);
    endpoints.push(endpoint);
    return { endpoint, transport: sendgridTransport(environment(endpoint.url), clock) };
  };

  it('sends a thousand in one request, the shared text once, and only opaque ids beside it', async () => {
    const { endpoint, transport } = await against();
    const { outcomes, requests } = await transport.send(mailsTo(1000));
    expect(requests).toBe(1);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(outcomes[0]).toEqual({ kind: 'accepted', providerId: 'id-1' });
    const [request] = endpoint.requests;
    expect(JSON.stringify(request?.content)).not.toContain('Name 1');
    const args = JSON.stringify(request?.personalizations.map((person) => person.custom_args));
    expect(args).not.toMatch(/@|example|Name/);
  });

  it('sends each language its own text', async () => {
    const { endpoint, transport } = await against();
    const room = openMailroom(
      new Map([
        ['en', message()],
        ['lv', message({ language: 'lv', text: slotText('Sveiki, {{first_name}}') })],
      ]),
      clock,
    );
    const mails = ['en', 'lv', 'en'].map((language, n) => room.mailFor(recipient(n, { language })));
    const { requests } = await transport.send(mails);
    expect(requests).toBe(2);
    const texts = endpoint.requests.flatMap((mail) =>
      mail.personalizations.map((person) => render(mail, person)),
    );
    expect(texts.find(({ to }) => to === recipient(1).address)?.text).toBe('Sveiki, Name 1');
  });

  it('gives a request of its own to whoever has more to substitute than is allowed', async () => {
    const { endpoint, transport } = await against();
    const room = openMailroom(new Map([['en', message()]]), clock);
    const long = 'ā'.repeat(6000);
    const mails = [recipient(0), recipient(1, { fields: { first_name: long } }), recipient(2)].map(
      room.mailFor,
    );
    const { outcomes, requests } = await transport.send(mails);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(requests).toBe(2);
    expect(endpoint.requests.some(({ content }) => content[0]?.value.includes(long))).toBe(true);
  });

  it('rests after the last request that the rate limit leaves, before it is refused one', async () => {
    const reset = String(clock.now().epochMilliseconds / 1000 + 30);
    const { endpoint, transport } = await against(() => ({
      status: 202,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
    }));
    const both = new Map([
      ['en', message()],
      ['lv', message({ language: 'lv', text: slotText('Sveiki, {{first_name}}') })],
    ]);
    const room = openMailroom(both, clock);
    const mails = ['en', 'lv'].map((language, n) => room.mailFor(recipient(n, { language })));
    const { outcomes, pauseMs } = await transport.send(mails);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'notSent']);
    expect({ pauseMs, requests: endpoint.requests.length }).toEqual({ pauseMs: 30_000, requests: 1 });
  });

  it('sends to the others when the provider refuses some addresses', async () => {
    const { endpoint, transport } = await against();
    const room = openMailroom(new Map([['en', message()]]), clock);
    const mails = [0, 1, 2, 3, 4].map((n) =>
      room.mailFor(recipient(n, n === 1 || n === 3 ? { address: `refused${n}@example.com` } : {})),
    );
    const { outcomes } = await transport.send(mails);
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'accepted',
      'rejected',
      'accepted',
      'rejected',
      'accepted',
    ]);
    expect([...endpoint.taken.values()]).toEqual([1, 1, 1]);
  });

  it('does not ask for ever when a refusal names nobody who is in the request', async () => {
    const body = { errors: [{ message: 'no', field: 'personalizations.7.to.0.email' }] };
    const { transport } = await against((n) => (n > 5 ? 202 : { status: 400, body }));
    const { outcomes, requests } = await transport.send(mailsTo(3));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['notSent', 'notSent', 'notSent']);
    expect(requests).toBe(1);
  });

  it('puts no more than one request in doubt when the provider breaks down', async () => {
    const { transport } = await against(() => 503);
    const room = openMailroom(new Map([['en', message()]]), clock);
    const long = 'ā'.repeat(6000);
    const { outcomes, requests } = await transport.send(
      [0, 1, 2].map((n) => room.mailFor(recipient(n, { fields: { first_name: long } }))),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['inDoubt', 'notSent', 'notSent']);
    expect(requests).toBe(1);
  });

  it('halves a request that is too large', async () => {
    const { endpoint, transport } = await against((_n, mail) =>
      mail.personalizations.length > 3 ? 413 : 202,
    );
    const { outcomes } = await transport.send(mailsTo(10));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(endpoint.taken.size).toBe(10);
    expect(Math.max(...endpoint.taken.values())).toBe(1);
  });

  it.each<[string, Behaviour, string]>([
    ['400 without a culprit', 400, 'notSent'],
    ['403', 403, 'notSent'],
    ['404', 404, 'notSent'],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 'notSent'],
    ['500', 500, 'inDoubt'],
    ['503', 503, 'inDoubt'],
    ['200 of somebody else', 200, 'inDoubt'],
    ['a reset', 'reset', 'inDoubt'],
    ['a reset after it took them', 'take-and-reset', 'inDoubt'],
  ])('takes %s for what it is', async (_what, behaviour, kind) => {
    const { transport } = await against(() => behaviour);
    const { outcomes } = await transport.send(mailsTo(3));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual([kind, kind, kind]);
  });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'x-ratelimit-reset': String(clock.now().epochMilliseconds / 1000 + 30) }, 30_000],
    [{}, 60_000],
  ])('waits as long as a 429 asks: %j', async (headers, pauseMs) => {
    const { transport } = await against(() => ({ status: 429, headers }));
    const report = await transport.send(mailsTo(2));
    expect(report).toMatchObject({ pauseMs, outcomes: [{ kind: 'notSent' }, { kind: 'notSent' }] });
  });

  it('makes a connection for each request, because one that was closed meanwhile leaves everybody in doubt', async () => {
    const { endpoint, transport } = await against();
    await transport.send(mailsTo(2));
    await transport.send(mailsTo(2));
    expect(endpoint.connections).toBe(2);
  });

  it('has a mail checked in sandbox mode, and nothing is sent', async () => {
    const { endpoint, transport } = await against();
    const [mail] = mailsTo(1);
    expect(mail && (await transport.examine?.(mail))).toBeUndefined();
    expect({ checked: endpoint.checked.length, taken: endpoint.taken.size }).toEqual({
      checked: 1,
      taken: 0,
    });
    expect(endpoint.checked[0]?.content[0]?.value).toContain('Hello');
  });

  it.each<[string, Behaviour, RegExp]>([
    ['a refusal', { status: 400, body: { errors: [{ message: 'no subject' }] } }, /^400 no subject$/],
    ['a key that may not', 403, /^403$/],
    ['a mail that was taken all the same', { status: 202 }, /a copy may arrive/],
    ['a broken answer', 'reset', /./],
    ['its own trouble', 503, /^503$/],
  ])('does not call a mail right after %s', async (_what, behaviour, problem) => {
    const { transport } = await against(() => behaviour);
    const [mail] = mailsTo(1);
    expect(mail && (await transport.examine?.(mail))).toMatch(problem);
  });

  describe('recall', () => {
    const today = { now: () => Temporal.Now.instant() };
    const live = async () => {
      const endpoint = await startEndpoint();
      endpoints.push(endpoint);
      const transport = sendgridTransport(environment(endpoint.url), today);
      const { recall } = transport;
      if (!recall) throw new Error('SendGrid can call back');
      const batch = await recall.open();
      const hold = (minutes: number) => ({ batch, until: today.now().add({ minutes }) });
      return { endpoint, transport, recall, batch, hold };
    };

    it('holds mail under a batch and stops what is early enough', async () => {
      const { endpoint, transport, recall, batch, hold } = await live();
      const [late, early] = [mailsTo(3).slice(0, 1), mailsTo(3).slice(1)];
      await transport.send(late, undefined, hold(9));
      const { outcomes } = await transport.send(early, undefined, hold(30));
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
      const after = await recall.cancel(batch);
      const stopped = [...endpoint.stopped].sort();
      expect(stopped).toEqual(early.map(({ recipient: { address } }) => address).sort());
      expect(Temporal.Instant.compare(after, hold(9).until)).toBe(1);
      expect(Temporal.Instant.compare(after, hold(29).until)).toBe(-1);
    });

    it('takes a batch that stands as cancelled for confirmed, so that a lost answer can be asked for again', async () => {
      const { recall, batch } = await live();
      await recall.cancel(batch);
      await expect(recall.cancel(batch)).resolves.toBeInstanceOf(Temporal.Instant);
    });

    it.each([400, 401, 429, 500, 202])('confirms nothing after a %i', async (status) => {
      const { endpoint, recall, batch } = await live();
      endpoint.batchTrouble = status;
      await expect(recall.cancel(batch)).rejects.toMatchObject({ code: 'RECALL_UNCONFIRMED' });
      await expect(recall.open()).rejects.toMatchObject({ code: 'TRANSPORT_REFUSED' });
    });

    it('confirms nothing for a batch that it does not know, or where nobody answers', async () => {
      const { endpoint, recall, batch } = await live();
      await expect(recall.cancel('another')).rejects.toMatchObject({ code: 'RECALL_UNCONFIRMED' });
      await endpoint.stop();
      endpoints.pop();
      await expect(recall.cancel(batch)).rejects.toMatchObject({ code: 'RECALL_UNCONFIRMED' });
    });

    it("goes by SendGrid's clock where the one here is slow", async () => {
      const { endpoint, batch } = await live();
      const slow = { now: () => Temporal.Now.instant().subtract({ minutes: 5 }) };
      const after = await sendgridTransport(environment(endpoint.url), slow).recall?.cancel(batch);
      expect(after && after.since(today.now()).total('minutes')).toBeGreaterThan(9.5);
    });
  });

  it('says that the key is wrong before anything is recorded', async () => {
    const { endpoint } = await against();
    const transport = sendgridTransport(
      { SENDGRID_API_KEY: 'SG.other', SENDGRID_BASE_URL: endpoint.url },
      clock,
    );
    await expect(transport.check()).rejects.toMatchObject({ code: 'TRANSPORT_REFUSED', exitCode: 69 });
  });

  it('judges an answer also where the folder has a bracket in its name', async () => {
    const { transport } = await against(() => 403);
    const [before, folder] = [process.cwd(), await mkdtemp(join(tmpdir(), 'sec (clients-'))];
    process.chdir(folder);
    try {
      expect((await transport.send(mailsTo(1))).outcomes[0]?.kind).toBe('notSent');
    } finally {
      process.chdir(before);
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    [{}, /no API key/],
    [{ SENDGRID_API_KEY: 'SG.x', SENDGRID_BASE_URL: 'ftp://x' }, /no web address/],
  ])('refuses %j', (env, problem) => {
    expect(() => sendgridTransport(env, clock)).toThrow(problem);
  });
});
