import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/delivery/outcome.ts';
import { madeHeadway, plainReason, refusesEverybody } from '../../src/delivery/outcome.ts';
import {
  advance,
  type DeliveryEvent,
  planned,
  RETRY_WAITS,
  type Standing,
} from '../../src/delivery/state.ts';

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('accepted' as const), providerId: fc.option(fc.string()) }),
  fc.record({
    kind: fc.constantFrom('rejected' as const, 'deferred' as const, 'notSent' as const, 'inDoubt' as const),
    reason: fc.string(),
  }),
);
const event: fc.Arbitrary<DeliveryEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<DeliveryEvent>({ kind: 'claim' }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('outcome' as const), outcome, now: fc.nat() }) },
  fc.constant<DeliveryEvent>({ kind: 'exclude', reason: 'suppressed' }),
  fc.constant<DeliveryEvent>({ kind: 'writerLost' }),
  fc.constant<DeliveryEvent>({ kind: 'recall' }),
  fc.record({
    kind: fc.constant('resolve' as const),
    as: fc.constantFrom('accepted' as const, 'not-accepted' as const),
  }),
);

/** What each state lets happen; everything else is a bug of the caller. */
const fits: Record<Standing['state'], readonly DeliveryEvent['kind'][]> = {
  planned: ['claim', 'exclude'],
  sending: ['outcome', 'writerLost'],
  inDoubt: ['resolve'],
  excluded: [],
  accepted: ['recall'],
  rejected: [],
};

describe('the state of a recipient', () => {
  it('takes exactly the events that fit, and says so for every other', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let at = planned;
        for (const next of events) {
          if (!fits[at.state].includes(next.kind)) {
            expect(() => advance(at, next)).toThrow(TypeError);
            continue;
          }
          at = advance(at, next);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('goes from sending back to planned after a certain no only', () => {
    fc.assert(
      fc.property(fc.nat(4), event, (attempt, next) => {
        const sending: Standing = { ...planned, state: 'sending', attempt: attempt + 1 };
        if (!fits.sending.includes(next.kind)) return;
        const to = advance(sending, next);
        const isCertainNo =
          next.kind === 'outcome' && (next.outcome.kind === 'notSent' || next.outcome.kind === 'deferred');
        if (to.state === 'planned') expect(isCertainNo).toBe(true);
        if (next.kind === 'writerLost') expect(to.state).toBe('inDoubt');
      }),
    );
  });

  it('is offered to a server that puts it off a bounded number of times, after growing waits', () => {
    const dues: number[] = [];
    let at = planned;
    while (at.state === 'planned') {
      at = advance(at, { kind: 'claim' });
      at = advance(at, { kind: 'outcome', outcome: { kind: 'deferred', reason: '451 later' }, now: 0 });
      if (at.state === 'planned') dues.push(at.due);
    }
    expect(dues).toEqual(RETRY_WAITS);
    expect([...dues].sort((a, b) => a - b)).toEqual(dues);
    expect(at).toMatchObject({
      state: 'rejected',
      attempt: 5,
      reason: 'put off 5 times, the last: 451 later',
    });
  });

  it('does not count a try that reached nobody', () => {
    let at = planned;
    for (let n = 0; n < 50; n++) {
      at = advance(at, { kind: 'claim' });
      at = advance(at, { kind: 'outcome', outcome: { kind: 'notSent', reason: 'nobody there' }, now: 0 });
    }
    expect(at).toMatchObject({ state: 'planned', attempt: 0, due: 0 });
  });
});

describe('what came of a chunk', () => {
  const of = (kind: Exclude<Outcome['kind'], 'accepted'>, times: number): Outcome[] =>
    Array.from({ length: times }, () => ({ kind, reason: 'x' }));
  const accepted: Outcome = { kind: 'accepted', providerId: null };

  it('is headway when there are more answers than doubts', () => {
    expect(madeHeadway([accepted, ...of('inDoubt', 1), ...of('rejected', 1)])).toBe(true);
    expect(madeHeadway([accepted, ...of('inDoubt', 1)])).toBe(false);
    expect(madeHeadway(of('notSent', 3))).toBe(false);
  });

  it('is a refusal of the sender when several are refused before anybody was taken', () => {
    expect(refusesEverybody(of('rejected', 2), false)).toBe(true);
    expect(refusesEverybody(of('rejected', 2), true)).toBe(false);
    expect(refusesEverybody(of('rejected', 1), false)).toBe(false);
    expect(refusesEverybody([accepted, ...of('rejected', 5)], false)).toBe(false);
    const nobodyThere: Outcome = { kind: 'rejected', reason: '550 5.1.1 no such user' };
    expect(refusesEverybody([nobodyThere, nobodyThere], false)).toBe(false);
  });

  it('tells a reason on one line, without an address', () => {
    expect(plainReason('550 5.1.1 <anna@example.com>:\r\n no such "user" anna@example.com')).toBe(
      '550 5.1.1 <(address)>: no such "user" (address)',
    );
    fc.assert(
      fc.property(fc.emailAddress(), fc.string(), (address, text) => {
        expect(plainReason(`${text} <${address}> ${text}`)).not.toContain(address);
      }),
    );
  });
});
