import { describe, expect, it } from 'vitest';
import { parseAt } from '../../src/delivery/at.ts';

const now = Temporal.Instant.from('2026-03-28T10:00:00Z');
const at = (text: string) => {
  const moment = parseAt(text, 'Europe/Riga', now);
  return moment === 'now' ? moment : moment.toString();
};

describe('when to begin', () => {
  it.each([
    ['2026-12-24 09:00', '2026-12-24T07:00:00Z'],
    ['2026-07-01T09:00', '2026-07-01T06:00:00Z'],
    ['13:30', '2026-03-28T11:30:00Z'],
    ['9:00', '2026-03-29T06:00:00Z'],
    ['2026-10-25T03:30+02:00', '2026-10-25T01:30:00Z'],
    ['now', 'now'],
  ])('reads %s on the client’s clock', (text, instant) => {
    expect(at(text)).toBe(instant);
  });

  it.each([
    ['2026-03-29 03:30', /clocks change/],
    ['03:30', /clocks change/],
    ['2026-10-25 03:30', /clocks change/],
    ['2026-03-28 11:59', /past/],
    ['tomorrow', /no time/],
    ['2026-13-01 09:00', /no time/],
    ['25:00', /no time/],
  ])('refuses %s', (text, problem) => {
    expect(() => at(text)).toThrow(problem);
  });
});
