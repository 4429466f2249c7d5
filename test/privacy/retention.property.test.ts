import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutoffsOf, type KeptData, planPurge, type Retention } from '../../src/privacy/retention.ts';

const now = Temporal.Instant.from('2026-03-31T10:00:00Z');
const DAY_MS = 86_400_000;

const moment = fc.integer({ min: 0, max: 2000 * DAY_MS }).map((ms) => now.subtract({ milliseconds: ms }));
const id = fc.integer({ min: 0, max: 40 }).map(String);
const months = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });
const retention: fc.Arbitrary<Retention> = fc.record({
  lists: months,
  campaigns: months,
  events: months,
  rejects: months,
});
const kept = fc.record({
  people: fc.array(fc.record({ list: fc.constantFrom('a', 'b'), id, named: moment })),
  mailed: fc.uniqueArray(id).map((ids) => new Set(ids)),
  campaigns: fc.uniqueArray(
    fc.record({ campaign: id, last: moment, isOver: fc.boolean(), held: fc.integer({ min: 0, max: 3 }) }),
    { selector: ({ campaign }) => campaign },
  ),
  rejects: fc.uniqueArray(fc.record({ file: id, at: moment }), { selector: ({ file }) => file }),
}) satisfies fc.Arbitrary<KeptData>;

const timezone = 'Europe/Riga';
const isBefore = (a: Temporal.Instant, b: Temporal.Instant | undefined) =>
  b !== undefined && Temporal.Instant.compare(a, b) < 0;

describe('a purge', () => {
  it('takes all that is too old, and nothing else', () => {
    fc.assert(
      fc.property(retention, kept, (rules, data) => {
        const before = cutoffsOf(rules, now, timezone);
        const plan = planPurge(before, data);
        const gone = plan.lists.flatMap(({ list, ids }) => ids.map((one) => `${list} ${one}`)).sort();
        const tooOld = data.people
          .filter(({ named, id: one }) => isBefore(named, before.lists) && !data.mailed.has(one))
          .map(({ list, id: one }) => `${list} ${one}`)
          .sort();
        expect(gone).toEqual(tooOld);
        expect(plan.lists.every(({ ids }) => ids.length > 0)).toBe(true);
        for (const { campaign, last, isOver, held } of data.campaigns)
          expect(plan.campaigns.some((one) => one.campaign === campaign)).toBe(
            isOver && held > 0 && isBefore(last, before.campaigns),
          );
        for (const { file, at } of data.rejects)
          expect(plan.rejects.includes(file)).toBe(isBefore(at, before.rejects));
        expect(plan.eventsBefore).toEqual(before.events);
      }),
    );
  });

  it('finds nothing any more once it was done', () => {
    fc.assert(
      fc.property(retention, kept, (rules, data) => {
        const before = cutoffsOf(rules, now, timezone);
        const plan = planPurge(before, data);
        const after = {
          ...data,
          people: data.people.filter(
            ({ list, id: one }) => !plan.lists.some((gone) => gone.list === list && gone.ids.includes(one)),
          ),
          campaigns: data.campaigns.map((one) =>
            plan.campaigns.some(({ campaign }) => campaign === one.campaign) ? { ...one, held: 0 } : one,
          ),
          rejects: data.rejects.filter(({ file }) => !plan.rejects.includes(file)),
        };
        expect(planPurge(before, after)).toEqual({ ...plan, lists: [], campaigns: [], rejects: [] });
      }),
    );
  });

  it('takes nothing but old rejected rows where no months are named, and never what is younger than a month', () => {
    fc.assert(
      fc.property(kept, retention, (data, rules) => {
        expect(planPurge(cutoffsOf({}, now, timezone), data)).toEqual({
          lists: [],
          campaigns: [],
          eventsBefore: undefined,
          rejects: planPurge(cutoffsOf({ rejects: 1 }, now, timezone), data).rejects,
        });
        const young = now.subtract({ hours: 24 * 28 });
        for (const cutoff of Object.values(cutoffsOf(rules, now, timezone)))
          expect(isBefore(young, cutoff)).toBe(false);
      }),
    );
  });

  it('counts months on the calendar of the client', () => {
    const { lists } = cutoffsOf({ lists: 1 }, now, timezone);
    expect(lists?.toZonedDateTimeISO(timezone).toString()).toBe('2026-02-28T13:00:00+02:00[Europe/Riga]');
  });
});
