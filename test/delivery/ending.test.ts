import { describe, expect, it } from 'vitest';
import { fail } from '../../src/core/errors/index.ts';
import { permission } from '../../src/delivery/ending.ts';

const rule = {
  client: 'kaldi',
  what: 'Sending',
  rule: 'policy.sending.hours',
  allowed: '09:00-18:00',
  now: '18:00',
  next: 'tomorrow, 09:00',
};

/** Asks at each of some moments whether a mail may go, where sending ends at six. */
function askedAt(...moments: readonly string[]) {
  let now = Temporal.Instant.from('2026-03-02T17:00:00Z');
  let looks = 0;
  const gate = () => {
    looks += 1;
    if (Temporal.Instant.compare(now, '2026-03-02T18:00:00Z') >= 0) throw fail('OUTSIDE_HOURS', rule);
  };
  const mayGo = permission(gate, { now: () => now });
  const answers = moments.map((time) => {
    now = Temporal.Instant.from(`2026-03-02T${time}Z`);
    return mayGo();
  });
  return { answers, looks };
}

describe('the permission to send the next mail', () => {
  it('ends with the minute in which the hours end, not a second later', () => {
    expect(askedAt('17:59:59.500', '17:59:59.999', '18:00:00.000').answers).toEqual([true, true, false]);
  });

  it('looks at the rules once a second, however many mails go', () => {
    const { answers, looks } = askedAt('17:00:10.000', '17:00:10.500', '17:00:10.999', '17:00:11.000');
    expect({ answers, looks }).toEqual({ answers: [true, true, true, true], looks: 2 });
  });

  it('is taken back while mails go without a pause', () => {
    const moments = Array.from({ length: 60 }, (_, n) => `17:59:${(30 + n / 2).toFixed(1)}`);
    const { answers, looks } = askedAt(...moments, '18:00:00');
    expect({ last: answers.at(-1), looks }).toEqual({ last: false, looks: 31 });
  });

  it('is asked for anew where the clock is set back', () => {
    expect(askedAt('18:00:00', '17:59:30').answers).toEqual([false, true]);
  });
});
