import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening, type WindowRule } from '../../src/approval/rules/window.ts';

const instant = (text: string) => Temporal.Instant.from(text);
const riga = 'Europe/Riga';
const allDays: WindowRule['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const office: WindowRule = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: '09:00-18:00' };
const opens = (rule: WindowRule, at: string, zone = riga) =>
  nextOpening(rule, instant(at), zone)?.toInstant().toString();

describe('days and hours in the client’s time zone', () => {
  it('is open from the first minute to before the last', () => {
    expect(isOpen(office, instant('2026-03-02T06:59:59Z'), riga)).toBe(false);
    expect(isOpen(office, instant('2026-03-02T07:00:00Z'), riga)).toBe(true);
    expect(isOpen(office, instant('2026-03-02T15:59:59Z'), riga)).toBe(true);
    expect(isOpen(office, instant('2026-03-02T16:00:00Z'), riga)).toBe(false);
  });

  it('follows the wall clock over the change to summer time', () => {
    expect(isOpen(office, instant('2026-03-30T06:30:00Z'), riga)).toBe(true);
    expect(isOpen(office, instant('2026-03-27T06:30:00Z'), riga)).toBe(false);
  });

  it('takes the whole day for 00:00-24:00', () => {
    expect(isOpen({ days: ['sun'], hours: '00:00-24:00' }, instant('2026-03-01T21:59:59Z'), riga)).toBe(true);
    expect(isOpen({ days: ['sun'], hours: '00:00-24:00' }, instant('2026-03-01T22:00:00Z'), riga)).toBe(
      false,
    );
  });

  it('names now where it is open, and Monday morning after Friday evening', () => {
    expect(opens(office, '2026-03-02T10:15:00Z')).toBe('2026-03-02T10:15:00Z');
    expect(opens(office, '2026-03-27T18:00:00Z')).toBe('2026-03-30T06:00:00Z');
  });

  it('skips a window that the change to summer time swallows', () => {
    expect(opens({ days: allDays, hours: '03:00-04:00' }, '2026-03-29T00:30:00Z')).toBe(
      '2026-03-30T00:00:00Z',
    );
  });

  it('opens at the jump where its first minute does not exist', () => {
    expect(opens({ days: allDays, hours: '03:30-05:00' }, '2026-03-29T00:30:00Z')).toBe(
      '2026-03-29T01:00:00Z',
    );
  });

  it('opens a second time where the clock is put back into it', () => {
    expect(opens({ days: allDays, hours: '02:00-03:30' }, '2026-10-25T00:45:00Z')).toBe(
      '2026-10-25T01:00:00Z',
    );
  });

  it('is never later or earlier than the first open minute', () => {
    const zones = ['Europe/Riga', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'UTC'];
    const rules = fc.record({
      days: fc.subarray(allDays, { minLength: 1 }),
      hours: fc
        .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
        .filter(([from, to]) => from < to)
        .map(([from, to]) => `${clock(from * 15)}-${clock(to * 15)}`),
    });
    const start = instant('2026-01-01T00:00:00Z').epochMilliseconds;
    const minutes = fc.integer({ min: 0, max: 365 * 24 * 60 });
    fc.assert(
      fc.property(rules, fc.constantFrom(...zones), minutes, (rule, zone, offset) => {
        const now = Temporal.Instant.fromEpochMilliseconds(start + offset * 60_000);
        let expected = now;
        while (!isOpen(rule, expected, zone)) expected = expected.add({ minutes: 1 });
        return nextOpening(rule, now, zone)?.toInstant().equals(expected) === true;
      }),
      { numRuns: 60 },
    );
  });
});

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
