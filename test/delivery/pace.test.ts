import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from '../../src/delivery/pace/limiter.ts';
import { Pace } from '../../src/delivery/pace/pace.ts';
import { recipient } from './fixtures.ts';

const START = Temporal.Instant.from('2026-03-02T10:00:00Z');

describe('a limit of so many in any span', () => {
  it('is never passed, in no span, however greedily it is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.array(
          fc.record({ wait: fc.integer({ min: 0, max: 900 }), want: fc.integer({ min: 1, max: 60 }) }),
          {
            maxLength: 120,
          },
        ),
        (most, asks) => {
          const limiter = new Limiter(most, 1000);
          const taken: number[] = [];
          let now = 0;
          for (const { wait, want } of asks) {
            now += wait;
            const count = Math.min(want, limiter.room(now));
            limiter.take(count, now);
            taken.push(...Array<number>(count).fill(now));
          }
          for (const from of taken)
            expect(taken.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  it('is used: nine tenths of it go out where there is always somebody to go', () => {
    const limiter = new Limiter(100, 1000);
    let taken = 0;
    for (let now = 0; now < 60_000; now++) {
      const count = limiter.room(now);
      limiter.take(count, now);
      taken += count;
    }
    expect(taken).toBeGreaterThan(0.9 * 60 * 100);
    expect(taken).toBeLessThanOrEqual(60 * 100);
  });
});

describe("the pace of a client's mail", () => {
  it('gives each one too many for a domain a moment of their own', () => {
    const pace = new Pace({ perDomain: { 'example.com': 10, '*': 1000 } }, 'Europe/Riga');
    const dues = Array.from(
      { length: 30 },
      (_, n) => pace.postpone(recipient(n), START) ?? START.epochMilliseconds,
    );
    expect(new Set(dues).size).toBe(30);
    const hours = dues.map((due) => Math.floor((due - START.epochMilliseconds) / 3_600_000));
    for (const hour of [0, 1, 2]) expect(hours.filter((one) => one === hour).length).toBeLessThanOrEqual(10);
    expect(pace.postpone(recipient(1, { key: 'a@example.org' }), START)).toBeUndefined();
  });

  it('lets a new sender begin small, day by day on its own calendar, over the change of clocks', () => {
    const pace = new Pace({ warmup: { from: '2026-03-28', days: [50, 100] } }, 'Europe/Riga');
    const room = (at: string, sent: number) => pace.room(Temporal.Instant.from(at), sent);
    expect(room('2026-03-27T12:00:00Z', 0).count).toBe(0);
    expect(room('2026-03-28T12:00:00Z', 20).count).toBe(30);
    const full = room('2026-03-28T12:00:00Z', 50);
    expect(full).toEqual({ count: 0, next: Temporal.Instant.from('2026-03-28T22:00:00Z').epochMilliseconds });
    expect(room('2026-03-28T22:00:00Z', 0).count).toBe(100);
    expect(room('2026-03-29T20:59:59Z', 100).next).toBe(
      Temporal.Instant.from('2026-03-29T21:00:00Z').epochMilliseconds,
    );
    expect(room('2026-03-29T21:00:00Z', 0).count).toBe(Number.POSITIVE_INFINITY);
  });
});
