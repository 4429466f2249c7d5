import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import { checkSend, emptyBook, rulesOf } from '../../src/approval/index.ts';
import type { AudienceSource } from '../../src/audience/audience.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import type { Work } from '../../src/core/progress.ts';
import type { Ledger } from '../../src/delivery/ledger.ts';
import { Pace } from '../../src/delivery/pace/pace.ts';
import { type SendOptions, sendCampaign } from '../../src/delivery/send.ts';
import { siteSchema } from '../../src/workspace/schema.ts';
import { seeded } from '../faults/seeded.ts';
import { FakeTransport, type FakeTransportOptions } from '../support/fake-transport.ts';
import { atOnce } from '../support/ledgers.ts';
import { recipient } from './fixtures.ts';
import { audienceOf, freeSend, people, START } from './sending/stage.ts';

describe('a send under control', () => {
  let dir: string;
  let ledger: Ledger;
  let now = START;
  let sent: { at: number; to: string }[] = [];
  let told: string[] = [];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sec-control-'));
    ledger = atOnce(sqliteLedger({ client: 'kaldi', dir }));
    now = START;
    sent = [];
    told = [];
  });
  afterEach(async () => {
    await ledger.close();
    await rm(dir, { recursive: true });
  });

  const pass = (ms: number) => {
    now = now.add({ milliseconds: Math.ceil(ms) });
  };
  const listen = async <T>(work: Work<T>): Promise<T> => {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      if (next.value.kind === 'step') told.push(next.value.text);
    }
  };
  const transport = (over: FakeTransportOptions = {}) =>
    new FakeTransport({
      batchSize: 4,
      onBatch: (batch) => {
        for (const mail of batch) sent.push({ at: now.epochMilliseconds, to: mail.recipient.address });
      },
      ...over,
    });
  const send = (over: Partial<SendOptions> = {}, carrier = transport()) =>
    listen(
      sendCampaign({
        ...freeSend(ledger, carrier, { now: () => now, pass }),
        audience: audienceOf(people(100)),
        ...over,
      }),
    );
  const codeOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return isSecError(error) ? error.code : error;
  };
  const riga = (rule: ConstructorParameters<typeof Pace>[0]) => new Pace(rule, 'Europe/Riga');
  const mostIn = (spanMs: number) =>
    Math.max(
      ...sent.map(({ at }) => sent.filter((other) => other.at >= at && other.at < at + spanMs).length),
    );

  it('keeps to a pace per second and per hour, and reaches everybody', async () => {
    expect(await send({ pace: riga({ perSecond: 7, perHour: 60 }) })).toMatchObject({ accepted: 100 });
    expect(mostIn(1000)).toBeLessThanOrEqual(7);
    expect(mostIn(3_600_000)).toBeLessThanOrEqual(60);
  });

  it('does not wait for a slow server before it goes on at its pace', async () => {
    let open = 0;
    let most = 0;
    const slow = transport({
      concurrency: 6,
      onBatch: async () => {
        most = Math.max(most, ++open);
        await wait(60);
        open--;
      },
    });
    const sleep: SendOptions['sleep'] = async (ms) => {
      await wait(1);
      pass(ms);
    };
    expect(
      await send({ pace: riga({ perSecond: 7 }), audience: audienceOf(people(12)), sleep }, slow),
    ).toMatchObject({
      accepted: 12,
    });
    expect(most).toBeGreaterThan(2);
  });

  it('keeps to a pace per domain while the others go on, also after a new beginning', async () => {
    const mixed: AudienceSource = {
      ...audienceOf(people(0)),
      async *candidates() {
        for (let n = 0; n < 60; n++) {
          const address = `p${n}@${n % 2 ? 'slow.example' : 'fast.example'}`;
          yield { kind: 'recipient', recipient: recipient(n, { address, key: address }) };
        }
      },
    };
    const pace = () => riga({ perDomain: { 'slow.example': 10 } });
    const stopped = new AbortController();
    let batches = 0;
    const once = transport({
      onBatch: (batch) => {
        for (const mail of batch) sent.push({ at: now.epochMilliseconds, to: mail.recipient.address });
        if (++batches === 9) stopped.abort();
      },
    });
    expect(await codeOf(send({ audience: mixed, pace: pace(), signal: stopped.signal }, once))).toBe(
      'SEND_INTERRUPTED',
    );
    expect(await send({ audience: undefined, pace: pace() })).toMatchObject({ accepted: 60 });
    const fast = sent.filter(({ to }) => to.endsWith('fast.example'));
    const began = sent[0]?.at ?? 0;
    expect(fast.every(({ at }) => at - began < 60_000)).toBe(true);
    sent = sent.filter(({ to }) => to.endsWith('slow.example'));
    expect(sent).toHaveLength(30);
    expect(mostIn(3_600_000)).toBeLessThanOrEqual(11);
  });

  it('sends so many on the first day, so many on the second, and counts other campaigns', async () => {
    const pace = () => riga({ warmup: { from: '2026-03-02', days: [10, 30, 40] } });
    await send({ campaign: 'winter', audience: audienceOf(people(4)), pace: pace() });
    expect(await send({ pace: pace(), timezone: 'Europe/Riga' })).toMatchObject({ accepted: 100 });
    const waits = told.filter((text) => text.startsWith('Waiting until'));
    expect(waits).toEqual(
      ['2026-03-03', '2026-03-04', '2026-03-05'].map(
        (day) => `Waiting until ${day} 00:00 (Europe/Riga): nobody may be written to before`,
      ),
    );
    const days = Map.groupBy(sent, ({ at }) =>
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Riga').toPlainDate().toString(),
    );
    expect([...days.values()].map(({ length }) => length)).toEqual([10, 30, 40, 24]);
  });

  it('begins when it was told to, and not much later', async () => {
    const at = now.add({ hours: 5 });
    expect(await send({ at })).toMatchObject({ accepted: 100 });
    expect(Math.min(...sent.map((one) => one.at))).toBeGreaterThanOrEqual(at.epochMilliseconds);
  });

  it('is refused when its beginning was missed, and goes out at a new word', async () => {
    const stop = new AbortController();
    const sleep: SendOptions['sleep'] = async () => stop.abort();
    const at = now.add({ hours: 5 });
    expect(await codeOf(send({ at, sleep, signal: stop.signal }))).toBe('SEND_INTERRUPTED');
    now = at.add({ hours: 2 });
    expect(await codeOf(send({ audience: undefined }))).toBe('SCHEDULE_OVERDUE');
    expect(sent).toEqual([]);
    expect(await send({ audience: undefined, at: 'now' })).toMatchObject({ accepted: 100 });
  });

  it('goes on after its beginning was begun, however late', async () => {
    let left = 2;
    const gone = transport({
      outcome: () =>
        left-- > 0 ? { kind: 'accepted', providerId: null } : { kind: 'notSent', reason: 'gone' },
    });
    expect(await codeOf(send({ at: now.add({ minutes: 1 }) }, gone))).toBe('SEND_STOPPED');
    now = now.add({ hours: 30 });
    expect(await send({ audience: undefined })).toMatchObject({ accepted: 100 });
  });

  it('pauses by itself when too much is refused or comes back, and goes on when told to', async () => {
    let n = 0;
    const half = transport({
      outcome: () =>
        n++ % 2
          ? { kind: 'rejected', reason: '550 5.1.1 no such user' }
          : { kind: 'accepted', providerId: null },
    });
    const watch = { limits: { bounces: 10, complaints: 0.3 } };
    const work = send({ audience: audienceOf(people(300)), watch }, half);
    expect(await codeOf(work)).toBe('SEND_HALTED');
    expect(await ledger.campaign('spring')).toMatchObject({ control: 'pause' });
    expect((await ledger.tally('spring')).planned).toBeGreaterThan(150);
    const feedback = { since: async () => ({ bounced: 0, complained: 1 }) };
    const complained = send({ audience: undefined, watch: { ...watch, feedback } });
    expect(await codeOf(complained)).toBe('SEND_HALTED');
    expect(await send({ audience: undefined, watch })).toMatchObject({ state: 'finished', planned: 0 });
  });

  it('never sends outside the hours: ten years in five zones, over every change of clocks', async () => {
    const chance = seeded(20261121);
    const zones = ['Europe/Riga', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'UTC'];
    const count = 16;
    let outside = 0;
    let stops = 0;
    for (const timezone of zones) {
      for (const [n, change] of changesOf(timezone).entries()) {
        const hours = n % 2 ? '00:30-03:00' : '09:00-18:00';
        const config = siteSchema.parse({
          name: 'Kaldi',
          url: 'https://kaldi.example',
          policy: { sending: { days: ['mon', 'tue', 'wed', 'fri', 'sat', 'sun'], hours } },
        });
        const ruled = { name: 'kaldi', config, timezone };
        const asked = {
          campaign: 'spring',
          days: {},
          messages: new Map(),
          target: 'fake:',
          audience: () => ({ list: 'customers', count, added: () => 0 }),
          book: emptyBook(rulesOf(ruled)),
        };
        const gate = (at = now) => {
          checkSend(ruled, { ...asked, now: at });
        };
        const slow = transport({
          onBatch: (batch) => {
            for (const mail of batch) sent.push({ at: now.epochMilliseconds, to: mail.recipient.address });
            now = now.add({ minutes: Math.floor(chance() * 50) });
          },
        });
        now = change.subtract({ hours: 20 });
        sent = [];
        const campaign = `${timezone}-${n}`;
        for (let isDone = false; !isDone; ) {
          const audience = (await ledger.campaign(campaign)) ? undefined : audienceOf(people(count));
          isDone = (await codeOf(send({ campaign, audience, gate }, slow))) === undefined;
          if (!isDone) stops++;
          now = now.add({ minutes: 30 + Math.floor(chance() * 100) });
        }
        expect(sent).toHaveLength(count);
        const [from = '', to = ''] = hours.split('-');
        for (const { at } of sent) {
          const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
          const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
          if (local.dayOfWeek === 4 || time < from || time >= to) outside++;
        }
      }
    }
    expect(stops).toBeGreaterThan(100);
    expect(outside).toBe(0);
  }, 300_000);
});

/** Each change of clocks in ten years; where there is none, the first day of each year. */
function changesOf(timezone: string): Temporal.Instant[] {
  const end = Temporal.ZonedDateTime.from(`2036-01-01T00:00[${timezone}]`);
  const changes: Temporal.Instant[] = [];
  for (let at = end.subtract({ years: 10 }); ; ) {
    const next = at.getTimeZoneTransition('next') ?? at.add({ years: 1 });
    if (Temporal.ZonedDateTime.compare(next, end) >= 0) return changes;
    changes.push(next.toInstant());
    at = next;
  }
}
