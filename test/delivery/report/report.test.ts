import { expect, it } from 'vitest';
import { makeReport, type ReportFacts } from '../../../src/delivery/report/report.ts';

const at = (hour: number) => Temporal.Instant.from('2026-11-20T08:00:00Z').add({ hours: hour });
const facts = (more: Partial<ReportFacts> = {}): ReportFacts => ({
  tally: {
    candidates: 20,
    excluded: { suppressed: 1, duplicate: 2, invalid: 3, segment: 4 },
    planned: 1,
    sending: 1,
    accepted: 5,
    rejected: 2,
    inDoubt: 1,
  },
  recalled: 0,
  breakdown: { hours: [], domains: [] },
  events: { delivered: 0, deferred: 0, bounced: 0, complained: 0, unsubscribed: 0 },
  eventHours: [],
  ...more,
});

it('accounts for everybody', () => {
  const report = makeReport(facts());
  expect(report).toMatchObject({
    candidates: 20,
    excluded: 10,
    sent: 5,
    rejected: 2,
    inDoubt: 1,
    planned: 2,
  });
  expect(report.excluded + report.sent + report.rejected + report.inDoubt + report.planned).toBe(
    report.candidates,
  );
});

it('tells those who were called back from those whom a server refused', () => {
  expect(makeReport(facts({ recalled: 2 }))).toMatchObject({ rejected: 0, recalled: 2, sent: 5 });
});

it('does not claim to know of deliveries that nobody told', () => {
  expect(makeReport(facts()).delivered).toBeNull();
  const events = { ...facts().events, delivered: 4 };
  expect(makeReport(facts({ events })).delivered).toBe(4);
});

it('lets each line grow from nothing, and leaves out what never happened', () => {
  const { series } = makeReport(
    facts({
      breakdown: {
        hours: [
          { hour: at(0), accepted: 3, rejected: 1 },
          { hour: at(2), accepted: 2, rejected: 0 },
        ],
        domains: [],
      },
      eventHours: [{ hour: at(1), kind: 'unsubscribed', recipients: 1 }],
    }),
  );
  expect(series).toEqual([
    {
      name: 'sent',
      points: [
        { at: at(0), total: 0 },
        { at: at(1), total: 3 },
        { at: at(3), total: 5 },
      ],
    },
    {
      name: 'unsubscribed',
      points: [
        { at: at(1), total: 0 },
        { at: at(2), total: 1 },
      ],
    },
  ]);
});

it('names no domain that may be one person’s own', () => {
  const domain = (name: string, accepted: number) => ({ domain: name, accepted, rejected: 0, inDoubt: 0 });
  const many = Array.from({ length: 12 }, (_, n) => domain(`d${n}.example`, 50 - n));
  const { domains } = makeReport(
    facts({ breakdown: { hours: [], domains: [...many, domain('anna-berzina.example', 2)] } }),
  );
  expect(domains).toHaveLength(11);
  expect(domains.at(-1)).toEqual({ domain: '', accepted: 40 + 39 + 2, rejected: 0, inDoubt: 0 });
  expect(JSON.stringify(domains)).not.toContain('anna');
});
