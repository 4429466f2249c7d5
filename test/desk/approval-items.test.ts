import { describe, expect, it } from 'vitest';
import { type AskedFacts, approvalItems, approvedBy, isHeldBack } from '../../src/desk/approval-items.ts';
import { makeBoard, type SiteFacts } from '../../src/desk/index.ts';

const now = Temporal.Instant.from('2026-11-20T22:30:00Z');
const release = 'a'.repeat(64);

const asked = (facts: Partial<AskedFacts> = {}): AskedFacts => ({
  request: '0123456789abcdef',
  approver: 'Anna Berg',
  standing: 'open',
  expires: Temporal.Instant.from('2026-11-22T10:00:00Z'),
  comments: [],
  ...facts,
});
const wanted = (...comments: AskedFacts['comments']) => asked({ standing: 'changes', comments });
const lines = (...all: AskedFacts[]) =>
  approvalItems({ client: 'bakery', about: 'spring', timezone: 'Europe/Riga', asked: all }, now).map(
    ({ urgency, text, next }) => `${urgency} · ${text} · ${next}`,
  );

describe('what approvers were asked', () => {
  it('waits for them, with the hour until which they may answer', () => {
    expect(lines(asked())).toEqual([
      'waiting · Anna Berg was asked, and may answer until 2026-11-22 12:00. · sec approval show bakery 01234567',
    ]);
  });

  it('needs the office where they want something different, in their words and with the place', () => {
    expect(
      lines(wanted({ page: '/prices/', text: 'Larger\nprices' }, { page: null, text: 'And more' })),
    ).toEqual([
      'failing · Anna Berg asks for changes: “Larger prices” (/prices/), and 1 more. · sec approval show bakery 01234567',
    ]);
    expect(lines(wanted())[0]).toContain('asks for changes. ·');
    expect(lines(wanted({ page: null, text: 'x'.repeat(500) }))[0]).toContain(`“${'x'.repeat(100)}…”`);
  });

  it('is asked anew where nobody answered in time, or the question does not count', () => {
    const next = 'sec approval request bakery spring';
    expect(lines(asked({ standing: 'expired' }))).toEqual([
      `due · Anna Berg was asked and did not answer in time. · ${next}`,
    ]);
    expect(lines(asked({ standing: 'withdrawn', why: 'it was built anew since' }))).toEqual([
      `due · What Anna Berg was asked does not count any more: it was built anew since. · ${next}`,
    ]);
  });

  it('has no line where they said yes, or long after', () => {
    const long = Temporal.Instant.from('2026-10-01T10:00:00Z');
    expect(lines(asked({ standing: 'approved' }))).toEqual([]);
    expect(lines(asked({ ...wanted(), ended: long }), asked({ standing: 'expired', expires: long }))).toEqual(
      [],
    );
  });

  it('holds back what it is about, as far as the rules ask for a yes', () => {
    const isHeld = (one: AskedFacts, needsApproval = true) =>
      isHeldBack({ asked: [one], needsApproval }, now);
    expect([asked(), wanted()].map((one) => isHeld(one, false))).toEqual([true, true]);
    expect([isHeld(asked({ standing: 'expired' })), isHeld(asked({ standing: 'expired' }), false)]).toEqual([
      true,
      false,
    ]);
    expect(isHeld(asked({ standing: 'approved' }))).toBe(false);
  });

  it('is approved when all who were asked said yes', () => {
    const [anna, juris] = ['Anna Berg', 'Juris Kalns'].map((approver) =>
      asked({ standing: 'approved', approver }),
    );
    expect(approvedBy([])).toBeUndefined();
    expect(approvedBy([anna, juris].flatMap((one) => one ?? []))).toBe('Anna Berg and Juris Kalns');
    expect(approvedBy([anna ?? asked(), asked()])).toBeUndefined();
  });
});

describe('a website that somebody has to approve', () => {
  const site = (facts: Partial<SiteFacts>) =>
    makeBoard(
      [
        {
          client: 'bakery',
          campaigns: [],
          site: {
            client: 'bakery',
            timezone: 'Europe/Riga',
            update: 'never',
            isStopped: false,
            build: { release },
            needsApproval: true,
            asked: [],
            ...facts,
          },
        },
      ],
      now,
    ).map(({ text, next }) => `${text} · ${next}`);

  it('is first asked about, then waited for, then published', () => {
    expect(site({})[0]).toMatch(/The client is to approve it first\. · sec approval request bakery site$/);
    expect(site({ asked: [{ ...asked(), release }] })).toEqual([
      'Anna Berg was asked, and may answer until 2026-11-22 12:00. · sec approval show bakery 01234567',
    ]);
    expect(site({ asked: [{ ...asked({ standing: 'approved' }), release }] })[0]).toMatch(
      /Anna Berg approved it\. · sec site publish bakery$/,
    );
  });

  it('is asked about once more where something else would go live than was approved', () => {
    const other = { ...asked({ standing: 'approved' }), release: 'b'.repeat(64) };
    expect(site({ asked: [other] })[0]).toMatch(/approve it first\. · sec approval request bakery site$/);
  });
});
