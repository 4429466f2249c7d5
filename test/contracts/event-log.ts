import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailEvent } from '../../src/delivery/events/event.ts';
import type { EventLog } from '../../src/delivery/events/event-log.ts';

export interface EventLogHarness {
  /** Each handle is as another process has it. */
  open(): Promise<EventLog>;
  destroy(): Promise<void>;
}

const AT = Temporal.Instant.from('2026-03-02T10:20:00.250Z');

const event = (n: number, over: Partial<MailEvent> = {}): MailEvent => ({
  id: `event-${n}`,
  kind: 'bounced',
  at: AT.add({ minutes: n }),
  campaign: 'spring',
  recipient: `person-${n}`,
  reason: `550 5.1.1 nobody "here" ${n} ā`,
  isGone: true,
  ...over,
});

/** What every log of events must do, whatever keeps it. */
export function eventLogContract(name: string, make: () => Promise<EventLogHarness>): void {
  describe(`${name} as a log of events`, () => {
    let harness: EventLogHarness;
    let log: EventLog;
    let other: EventLog;
    beforeEach(async () => {
      harness = await make();
      log = await harness.open();
      other = await harness.open();
    });
    afterEach(async () => {
      await log.close();
      await other.close();
      await harness.destroy();
    });

    it('keeps what it was told once, and says what was new', async () => {
      expect(await log.add([event(1), event(2), event(1)])).toEqual(new Set(['event-1', 'event-2']));
      expect(await other.add([event(2, { kind: 'complained' }), event(3)])).toEqual(new Set(['event-3']));
      expect(await other.add([])).toEqual(new Set());
      expect(await log.known(['event-3', 'event-4', 'event-1'])).toEqual(new Set(['event-1', 'event-3']));
    });

    it('gives back all of one person, in order', async () => {
      const told = [
        event(3, { recipient: 'anna' }),
        event(1, { recipient: 'anna', campaign: undefined, kind: 'unsubscribed' }),
        event(2),
      ];
      await log.add(told.map((one) => (one.kind === 'unsubscribed' ? without(one) : one)));
      expect(await other.of('anna')).toEqual([
        { id: 'event-1', kind: 'unsubscribed', at: event(1).at, recipient: 'anna', isGone: false },
        event(3, { recipient: 'anna' }),
      ]);
      expect(await other.of('berta')).toEqual([]);
    });

    it('counts people, by kind, by hour and since a moment, of one campaign', async () => {
      await log.add([
        event(0),
        event(1, { recipient: 'person-0' }),
        event(2),
        event(50, { kind: 'delivered' }),
        event(51, { campaign: 'autumn' }),
      ]);
      expect(await other.tally('spring')).toEqual({
        delivered: 1,
        deferred: 0,
        bounced: 2,
        complained: 0,
        unsubscribed: 0,
      });
      expect(await other.since('spring', 'bounced', event(1).at)).toBe(2);
      expect(await other.since('spring', 'bounced', event(2).at)).toBe(1);
      expect(await other.since('spring', 'complained', AT)).toBe(0);
      expect(await other.hours('spring')).toEqual([
        { hour: Temporal.Instant.from('2026-03-02T10:00Z'), kind: 'bounced', recipients: 2 },
        { hour: Temporal.Instant.from('2026-03-02T11:00Z'), kind: 'delivered', recipients: 1 },
      ]);
      expect(await other.hours('winter')).toEqual([]);
    });

    it('forgets a person, and what is too old', async () => {
      await log.add([event(0), event(1), event(2, { recipient: 'person-0' }), event(3)]);
      expect(await log.forget('person-0')).toBe(2);
      expect(await other.of('person-0')).toEqual([]);
      expect(await other.before(event(3).at)).toBe(1);
      expect(await log.forgetBefore(event(3).at)).toBe(1);
      expect(await other.known([0, 1, 2, 3].map((n) => `event-${n}`))).toEqual(new Set(['event-3']));
    });
  });
}

/** What a reader asked for has no server's words. */
function without({ reason: _, isGone: __, ...rest }: MailEvent): MailEvent {
  return rest;
}
