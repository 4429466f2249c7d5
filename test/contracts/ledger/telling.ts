import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/audience/audience.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { accepted, freezeOf, type LedgerStage, later, NOW, only, people, settled, turn } from './stage.ts';

/** What a ledger tells of its campaigns. */
export function telling(stage: LedgerStage): void {
  describe('when it is asked', () => {
    it('draws answers together by hour and by domain, and names its campaigns', async () => {
      expect([await stage.ledger.campaigns(), await stage.ledger.breakdown('spring')]).toEqual([
        [],
        { hours: [], domains: [] },
      ]);
      const at = (address: string): Candidate => ({
        kind: 'recipient',
        recipient: { ...recipient(address.length), address, key: address.toLowerCase(), id: address },
      });
      const writer = await stage.ledger.write('spring', NOW);
      await writer.freeze(freezeOf([at('a@Mail.example'), at('bb@mail.example'), at('"c@d"@other.example')]));
      const first = only((await turn(writer, { size: 1 })).chunks);
      const second = await turn(writer, { settle: [settled(first, accepted)], size: 2, now: later(1000) });
      const refused: Outcome = { kind: 'rejected', reason: '550 no' };
      const next = only(second.chunks);
      const outcomes = [refused, accepted];
      await turn(writer, {
        settle: [{ chunk: next, outcomes, requests: 2 }],
        chunks: 0,
        now: later(3_600_000),
      });
      await writer.release();
      expect(await stage.ledger.campaigns()).toEqual(['spring']);
      expect(await stage.ledger.breakdown('spring')).toEqual({
        hours: [
          { hour: NOW, accepted: 1, rejected: 0 },
          { hour: later(3_600_000), accepted: 1, rejected: 1 },
        ],
        domains: [
          { domain: 'mail.example', accepted: 1, rejected: 1, inDoubt: 0 },
          { domain: 'other.example', accepted: 1, rejected: 0, inDoubt: 0 },
        ],
      });
    });

    it('names those who are still to get a campaign, and only those', async () => {
      const writer = await stage.begun([...people(4), { kind: 'excluded', reason: 'invalid', line: 7 }]);
      const { chunks } = await turn(writer, {
        size: 2,
        exclude: ({ id }) => (id === recipient(3).id ? 'suppressed' : undefined),
      });
      const open = async () => {
        const found: string[] = [];
        for await (const { id, address } of stage.ledger.members('spring')) found.push(`${id} ${address}`);
        return found;
      };
      const named = (...numbers: number[]) =>
        numbers.map((n) => `${recipient(n).id} ${recipient(n).address}`);
      expect(await open()).toEqual(named(0, 1, 2, 3));
      await turn(writer, {
        settle: [settled(only(chunks), accepted)],
        size: 2,
        exclude: ({ id }) => (id === recipient(3).id ? 'suppressed' : undefined),
      });
      expect(await open()).toEqual(named(2));
      for await (const _ of stage.ledger.members('never')) throw new Error('Nobody was to get it.');
    });
  });
}
