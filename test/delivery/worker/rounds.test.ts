import { describe, expect, it } from 'vitest';
import { fail } from '../../../src/core/errors/index.ts';
import { Rounds } from '../../../src/delivery/worker/rounds.ts';

const wake = { client: 'kaldi', campaign: 'spring' };
const other = { client: 'kaldi', campaign: 'autumn' };
const unknown = fail('CLIENT_UNKNOWN', { client: 'kaldi', known: [], near: [] });
const away = fail('LEDGER_UNREACHABLE', { problem: 'no answer' });

describe('what a worker remembers of its campaigns', () => {
  it('takes each of them once, and leaves its wake to others meanwhile', () => {
    const rounds = new Rounds();
    expect(rounds.passOn(wake, 0)).toBeUndefined();
    rounds.begin(wake);
    expect([rounds.passOn(wake, 0), rounds.passOn(wake, 60_000)]).toEqual([1, 1]);
    expect(rounds.passOn(other, 0)).toBeUndefined();
    rounds.succeeded(wake);
    expect(rounds.passOn(wake, 0)).toBeUndefined();
  });

  it('says what this machine lacks once, and tries it less and less often', () => {
    const rounds = new Rounds();
    let now = 0;
    const waits = Array.from({ length: 9 }, () => {
      rounds.begin(wake);
      const { again = 0, isNews } = rounds.failed(wake, unknown, now);
      expect(rounds.passOn(wake, now)).toBeGreaterThanOrEqual(1);
      now += again * 1000;
      expect(rounds.passOn(wake, now)).toBeUndefined();
      return [again, isNews];
    });
    expect(waits.map(([again]) => again)).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
    expect(waits.map(([, isNews]) => isNews)).toEqual([true, ...Array.from({ length: 8 }, () => false)]);
  });

  it('says so when something else is in the way, and forgets it all once it went well', () => {
    const rounds = new Rounds();
    expect(rounds.failed(wake, unknown, 0)).toEqual({ again: 5, isNews: true });
    expect(rounds.failed(wake, away, 0)).toEqual({ again: 60, isNews: true });
    rounds.succeeded(wake);
    expect(rounds.failed(wake, away, 0)).toEqual({ again: 60, isNews: true });
  });

  it('passes on what it waits with, less and less often too, and never later than its own turn', () => {
    const rounds = new Rounds();
    rounds.failed(wake, away, 0);
    expect([0, 1000, 3000, 7000, 15_000].map((now) => rounds.passOn(wake, now))).toEqual([1, 2, 4, 8, 16]);
    expect(rounds.passOn(wake, 50_000)).toBe(10);
  });

  it('keeps to itself that others are at work, and leaves a mistake to a person', () => {
    const rounds = new Rounds();
    const busy = fail('CAMPAIGN_BUSY', { client: 'kaldi', campaign: 'spring' });
    expect(rounds.failed(wake, busy, 0)).toEqual({ again: 5, isNews: false });
    expect(rounds.failed(wake, new TypeError('a mistake in sec'), 0)).toEqual({
      again: undefined,
      isNews: true,
    });
  });
});
