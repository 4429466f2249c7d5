import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/audience/audience.ts';
import { parseEmailAddress } from '../../../src/core/email-address.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { isBalanced, nobody } from '../../../src/delivery/tally.ts';
import { tracesOf } from '../../../src/privacy/traces.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { accepted, freezeOf, type LedgerStage, later, NOW, only, people, settled, turn } from './stage.ts';

/** What a ledger shows and blanks of one person. */
export function forgetting(stage: LedgerStage): void {
  describe('whose people ask to be forgotten', () => {
    const EMAIL = 'person0@example.com';
    const kept = async (id = recipient(0).id) =>
      (await stage.ledger.deliveries(id)).map(({ campaign, state, address, fields }) => ({
        campaign,
        state,
        address,
        fields,
      }));

    it('shows one person what it keeps of them, and of nobody else', async () => {
      const writer = await stage.begun(people(3));
      const chunk = only((await turn(writer, { size: 2 })).chunks);
      await turn(writer, { settle: [settled(chunk, accepted)], chunks: 0, now: later(1000) });
      const [delivery, ...more] = await stage.ledger.deliveries(recipient(0).id);
      expect(more).toEqual([]);
      expect(delivery).toEqual({
        campaign: 'spring',
        list: 'customers',
        basis: 'customer',
        address: EMAIL,
        fields: { first_name: 'Name 0' },
        language: 'en',
        state: 'accepted',
        reason: null,
        at: later(1000),
      });
      expect(await stage.ledger.deliveries('nobody')).toEqual([]);
      expect([...(await stage.ledger.mailedSince(NOW))].sort()).toEqual(
        [recipient(0).id, recipient(1).id].sort(),
      );
      expect(await stage.ledger.mailedSince(later(1001))).toEqual(new Set());
    });

    it('blanks one of them, keeps the sums, and never claims them again', async () => {
      const writer = await stage.begun(people(4));
      const chunk = only((await turn(writer, { size: 2 })).chunks);
      const doubtful: Outcome = { kind: 'inDoubt', reason: 'reset' };
      await turn(writer, {
        settle: [{ chunk, outcomes: [doubtful, accepted], requests: 2 }],
        chunks: 0,
      });
      const autumn = await stage.ledger.write('autumn', NOW);
      await autumn.freeze(freezeOf(people(2)));
      expect(await stage.ledger.held({ recipient: recipient(0).id })).toBe(2);

      const other = await stage.another();
      expect(await other.erase({ recipient: recipient(0).id }, NOW)).toBe(2);
      expect(await other.erase({ recipient: recipient(0).id }, NOW)).toBe(0);
      expect(await stage.ledger.held({ recipient: recipient(0).id })).toBe(0);
      expect(await kept()).toEqual([
        { campaign: 'spring', state: 'inDoubt', address: null, fields: {} },
        { campaign: 'autumn', state: 'excluded', address: null, fields: {} },
      ]);
      expect(await stage.ledger.doubts('spring')).toMatchObject([{ id: recipient(0).id, address: '' }]);
      expect(await stage.ledger.tally('autumn')).toEqual({
        ...nobody,
        candidates: 2,
        excluded: { ...nobody.excluded, suppressed: 1 },
        planned: 1,
      });
      const { domains } = await stage.ledger.breakdown('spring');
      expect(domains.map(({ domain }) => domain).sort()).toEqual(['', 'example.com']);

      expect(await writer.resolve('not-accepted', undefined, NOW)).toBe(1);
      const next = only((await turn(writer)).chunks);
      expect(next.claimed.map(({ recipient: { address } }) => address)).toEqual([
        'person2@example.com',
        'person3@example.com',
      ]);
      const tally = await stage.ledger.tally('spring');
      expect(tally).toMatchObject({ excluded: { suppressed: 1 }, accepted: 1, sending: 2 });
      expect(isBalanced(tally)).toBe(true);
    });

    it('blanks somebody whose mail is on its way, and takes their outcome still', async () => {
      const writer = await stage.begun(people(1));
      const chunk = only((await turn(writer)).chunks);
      expect(await stage.ledger.erase({ recipient: recipient(0).id }, NOW)).toBe(1);
      const put: Outcome = { kind: 'notSent', reason: 'gone' };
      const { chunks } = await turn(writer, { settle: [settled(chunk, put)] });
      expect(chunks).toEqual([]);
      expect(await stage.ledger.tally('spring')).toMatchObject({ excluded: { suppressed: 1 }, planned: 0 });
    });

    it('takes their address out of what is kept of others', async () => {
      const note = (n: number, text: string): Candidate => ({
        kind: 'recipient',
        recipient: recipient(n, { fields: { note: text } }),
      });
      await stage.begun([note(0, 'x'), note(1, `friend of Person0@Example.com`), note(2, `not${EMAIL}`)]);
      const parsed = parseEmailAddress(EMAIL);
      if (!parsed.ok) throw new Error('an address was expected');
      await stage.ledger.erase({ recipient: recipient(0).id }, NOW, tracesOf(parsed.address));
      expect((await kept(recipient(1).id))[0]?.fields).toEqual({ note: 'friend of …' });
      expect((await kept(recipient(2).id))[0]?.fields).toEqual({ note: `not${EMAIL}` });
    });

    it('blanks everybody of one campaign', async () => {
      const writer = await stage.begun(people(3));
      await (await stage.ledger.write('autumn', NOW)).freeze(freezeOf(people(1)));
      await turn(writer, { settle: [settled(only((await turn(writer)).chunks), accepted)], chunks: 0 });
      expect(await stage.ledger.held({ campaign: 'spring' })).toBe(3);
      expect(await stage.ledger.erase({ campaign: 'spring' }, NOW)).toBe(3);
      expect(await stage.ledger.held({ campaign: 'spring' })).toBe(0);
      expect(await stage.ledger.tally('spring')).toEqual({ ...nobody, candidates: 3, accepted: 3 });
      expect(await stage.ledger.tally('autumn')).toMatchObject({ planned: 1 });
    });
  });
}
