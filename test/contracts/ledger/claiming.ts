import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/audience/audience.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import type { Chunk, Settlement } from '../../../src/delivery/ledger.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { isBalanced, nobody } from '../../../src/delivery/tally.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { seeded } from '../../faults/seeded.ts';
import { accepted, freezeOf, type LedgerStage, later, NOW, only, people, settled, turn } from './stage.ts';

const returned: readonly Outcome[] = [
  accepted,
  accepted,
  { kind: 'notSent', reason: 'nobody there' },
  { kind: 'deferred', reason: '451 later' },
  { kind: 'rejected', reason: '550 no' },
];

/** Each is claimed by one writer once, and what came of it is kept. */
export function claiming(stage: LedgerStage): void {
  describe('while a campaign is sent', () => {
    it('claims each recipient once, in chunks, and shows them as sending to another process', async () => {
      const writer = await stage.begun(people(7));
      const { chunks } = await turn(writer, { chunks: 2, size: 3 });
      expect(chunks.map(({ claimed }) => claimed.length)).toEqual([3, 3]);
      expect(new Set(chunks.flatMap(({ claimed }) => claimed.map(({ delivery }) => delivery))).size).toBe(6);
      expect(await (await stage.another()).tally('spring')).toMatchObject({
        candidates: 7,
        planned: 1,
        sending: 6,
      });
      const rest = await turn(writer, { chunks: 2, size: 3 });
      expect(rest.chunks.map(({ claimed }) => claimed.length)).toEqual([1]);
      expect((await turn(writer)).chunks).toEqual([]);
    });

    it('records outcomes and claims the next in one turn', async () => {
      const writer = await stage.begun(people(4));
      const first = only((await turn(writer, { size: 2 })).chunks);
      const second = only((await turn(writer, { size: 2, settle: [settled(first, accepted, 1)] })).chunks);
      const outcomes: Outcome[] = [
        { kind: 'rejected', reason: '550 no' },
        { kind: 'inDoubt', reason: 'reset' },
      ];
      await turn(writer, { settle: [{ chunk: second, outcomes, requests: 2 }] });
      const tally = await stage.ledger.tally('spring');
      expect(tally).toEqual({ ...nobody, candidates: 4, accepted: 2, rejected: 1, inDoubt: 1 });
      expect((await stage.ledger.campaign('spring'))?.requests).toBe(3);
    });

    it('plans those again who certainly were not taken, and those put off for later', async () => {
      const writer = await stage.begun(people(2));
      const chunk = only((await turn(writer)).chunks);
      const outcomes: Outcome[] = [
        { kind: 'notSent', reason: 'nobody there' },
        { kind: 'deferred', reason: '451 later' },
      ];
      const next = await turn(writer, { settle: [{ chunk, outcomes, requests: 1 }] });
      const again = only(next.chunks);
      expect(again.claimed.map(({ recipient: r }) => r.id)).toEqual([recipient(0).id]);
      const { nextDue, chunks } = await turn(writer, { settle: [settled(again, accepted)] });
      expect(chunks).toEqual([]);
      expect(nextDue?.since(NOW).total('milliseconds')).toBeGreaterThan(0);
      const due = only((await turn(writer, { now: nextDue ?? NOW })).chunks);
      expect(due.claimed.map(({ recipient: r }) => r.id)).toEqual([recipient(1).id]);
    });

    it('gives up after the last deferral, with the reason', async () => {
      const writer = await stage.begun(people(1));
      let now = NOW;
      let settle: Settlement[] = [];
      let tries = 0;
      for (;;) {
        const { chunks, nextDue } = await turn(writer, { settle, now });
        if (chunks.length === 0 && !nextDue) break;
        settle = chunks.map((chunk) => settled(chunk, { kind: 'deferred', reason: '451 later' }));
        tries += chunks.length;
        if (nextDue) now = nextDue;
      }
      expect(tries).toBe(5);
      expect(await stage.ledger.tally('spring')).toMatchObject({ rejected: 1, planned: 0 });
    });

    it('excludes at the claim whoever must not be written to by then, and fills the chunk with others', async () => {
      const writer = await stage.begun(people(6));
      const gone = new Set([0, 1, 3].map((n) => recipient(n).id));
      const reasonOf = (id: string) => (gone.has(id) ? 'suppressed' : undefined);
      const chunk = only((await turn(writer, { size: 2, exclude: ({ id }) => reasonOf(id) })).chunks);
      expect(chunk.claimed.map(({ recipient: r }) => r.id)).toEqual([2, 4].map((n) => recipient(n).id));
      expect(await stage.ledger.tally('spring')).toMatchObject({
        excluded: { suppressed: 3 },
        sending: 2,
        planned: 1,
      });
    });

    it('lets one process write a campaign, and others write other campaigns', async () => {
      const writer = await stage.begun(people(1));
      const other = await stage.another();
      await expect(other.write('spring', NOW)).rejects.toSatisfy((e) => isSecError(e, 'CAMPAIGN_BUSY'));
      expect(await other.isBusy('spring')).toBe(true);
      expect((await other.tally('spring')).planned).toBe(1);
      const autumn = await other.write('autumn', NOW);
      await autumn.release();
      await writer.release();
      expect(await other.isBusy('spring')).toBe(false);
      await (await other.write('spring', NOW)).release();
    });

    it('puts what a lost writer had in flight in doubt, by name, and never plans it again', async () => {
      const writer = await stage.begun(people(4));
      await turn(writer, { size: 3 });
      await writer.release();
      expect(await stage.ledger.tally('spring')).toMatchObject({ sending: 3 });
      const next = await (await stage.another()).write('spring', later(5));
      expect(next.lost).toBe(3);
      expect(await stage.ledger.tally('spring')).toMatchObject({ sending: 0, inDoubt: 3, planned: 1 });
      const doubts = await stage.ledger.doubts('spring');
      expect(doubts.map(({ address }) => address)).toEqual([0, 1, 2].map((n) => recipient(n).address));
      expect(doubts[0]?.since).toEqual(later(5));
      expect(only((await turn(next)).chunks).claimed).toHaveLength(1);
    });

    it('refuses every write of a writer that was shut out', async () => {
      const stale = await stage.begun(people(3));
      const chunk = only((await turn(stale, { size: 1 })).chunks);
      await stale.release();
      const fresh = await (await stage.another()).write('spring', NOW);
      const fenced = (error: unknown) => isSecError(error, 'CAMPAIGN_FENCED');
      await expect(turn(stale, { settle: [settled(chunk, accepted)] })).rejects.toSatisfy(fenced);
      await expect(turn(stale)).rejects.toSatisfy(fenced);
      await expect(stale.resolve('accepted', undefined, NOW)).rejects.toSatisfy(fenced);
      await expect(stale.freeze(freezeOf(people(1)))).rejects.toSatisfy(fenced);
      expect(await stage.ledger.tally('spring')).toMatchObject({ accepted: 0, inDoubt: 1, planned: 2 });
      await fresh.release();
    });

    it('obeys a pause or cancel at the next claim, and still records what came back', async () => {
      const writer = await stage.begun(people(4));
      const chunk = only((await turn(writer, { size: 2 })).chunks);
      await (await stage.another()).request('spring', 'pause');
      const paused = await turn(writer, { settle: [settled(chunk, accepted)] });
      expect(paused).toMatchObject({ chunks: [], control: 'pause' });
      expect(await stage.ledger.tally('spring')).toMatchObject({ accepted: 2, planned: 2 });
      await stage.ledger.request('spring', 'go');
      expect(only((await turn(writer)).chunks).claimed).toHaveLength(2);
    });

    it('stays cancelled, whatever is asked of it afterwards', async () => {
      const writer = await stage.begun(people(2));
      await (await stage.another()).request('spring', 'cancel');
      for (const wish of ['pause', 'go'] as const)
        await expect(stage.ledger.request('spring', wish)).rejects.toSatisfy((error) =>
          isSecError(error, 'CAMPAIGN_CANCELLED'),
        );
      await stage.ledger.request('spring', 'cancel');
      expect(await turn(writer)).toMatchObject({ chunks: [], control: 'cancel' });
    });

    it('settles those in doubt, all or by name', async () => {
      const writer = await stage.begun(people(3));
      const chunk = only((await turn(writer)).chunks);
      await turn(writer, { settle: [settled(chunk, { kind: 'inDoubt', reason: 'reset' })] });
      expect(await writer.resolve('accepted', [recipient(1).id, 'nobody'], NOW)).toBe(1);
      expect(await writer.resolve('not-accepted', undefined, NOW)).toBe(2);
      expect(await stage.ledger.tally('spring')).toEqual({
        ...nobody,
        candidates: 3,
        accepted: 1,
        planned: 2,
      });
    });

    it('leaves out nobody who may still be claimed, whatever comes back and in whatever order', async () => {
      const chance = seeded(7);
      const oneOf = <T>(choices: readonly T[]) => choices[Math.floor(chance() * choices.length)] as T;
      const writer = await stage.begun([
        ...people(40).flatMap((one, n): Candidate[] =>
          n % 7 === 3 ? [{ kind: 'excluded', reason: 'invalid', line: n }, one] : [one],
        ),
      ]);
      const ends = new Map<string, number>();
      let now = NOW;
      let flying: Chunk[] = [];
      for (;;) {
        const back = flying.filter(() => chance() < 0.6);
        flying = flying.filter((chunk) => !back.includes(chunk));
        const settle = back.map((chunk) => {
          const outcomes = chunk.claimed.map(() => oneOf(returned));
          for (const [n, { recipient: one }] of chunk.claimed.entries())
            if (outcomes[n]?.kind === 'accepted') ends.set(one.id, (ends.get(one.id) ?? 0) + 1);
          return { chunk, outcomes, requests: 1 };
        });
        const claim = { chunks: Math.floor(chance() * 3), size: 1 + Math.floor(chance() * 5) };
        const postpone = () => (chance() < 0.1 ? now.epochMilliseconds + 5000 : undefined);
        const { chunks, nextDue } = await writer.turn({
          ...{ settle, claim, now, postpone },
          exclude: () => () => (chance() < 0.05 ? 'suppressed' : undefined),
        });
        flying.push(...chunks);
        if (nextDue && flying.length === 0 && Temporal.Instant.compare(nextDue, now) > 0) now = nextDue;
        if (!nextDue && chunks.length === 0 && flying.length === 0) break;
      }
      const tally = await stage.ledger.tally('spring');
      expect(tally).toMatchObject({ planned: 0, sending: 0, candidates: 46 });
      expect([...ends.values()].every((count) => count === 1)).toBe(true);
      expect(ends.size).toBe(tally.accepted);
      expect(isBalanced(tally)).toBe(true);
    });

    it('keeps two campaigns apart', async () => {
      const spring = await stage.begun(people(2));
      const autumn = await stage.ledger.write('autumn', NOW);
      await autumn.freeze(freezeOf(people(5), { list: 'others' }));
      await turn(spring, { settle: [settled(only((await turn(spring)).chunks), accepted)] });
      expect(await stage.ledger.tally('spring')).toMatchObject({ candidates: 2, accepted: 2 });
      expect(await stage.ledger.tally('autumn')).toMatchObject({ candidates: 5, planned: 5, accepted: 0 });
    });
  });
}
