import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/audience/audience.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import { isBalanced, nobody } from '../../../src/delivery/tally.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { freezeOf, type LedgerStage, NOW, only, people, turn } from './stage.ts';

/** Who gets a campaign is fixed once. */
export function freezing(stage: LedgerStage): void {
  describe('when a campaign begins', () => {
    it('knows nothing of a campaign that was never sent', async () => {
      expect(await stage.ledger.campaign('spring')).toBeUndefined();
      expect(await stage.ledger.tally('spring')).toEqual(nobody);
      expect(await stage.ledger.doubts('spring')).toEqual([]);
      await expect(stage.ledger.request('spring', 'pause')).rejects.toSatisfy((error) =>
        isSecError(error, 'CAMPAIGN_NOT_SENT'),
      );
    });

    it('freezes everybody with their reasons, the first of two with one key', async () => {
      const twin: Candidate = { kind: 'recipient', recipient: { ...recipient(0), id: 'twin' } };
      const writer = await stage.begun([
        ...people(3),
        twin,
        { kind: 'excluded', reason: 'invalid', line: 7 },
      ]);
      const tally = await stage.ledger.tally('spring');
      expect(await writer.look()).toEqual({ tally });
      expect(tally).toEqual({
        ...nobody,
        candidates: 5,
        excluded: { ...nobody.excluded, duplicate: 1, invalid: 1 },
        planned: 3,
      });
      expect(isBalanced(tally)).toBe(true);
      expect(await stage.ledger.campaign('spring')).toMatchObject({
        campaign: 'spring',
        list: 'customers',
        basis: 'customer',
        messages: { en: 'digest-en' },
        frozenAt: NOW,
        control: 'go',
        requests: 0,
      });
    });

    it('gives back each recipient as it was frozen, in the order of the list', async () => {
      const odd = recipient('ā"\'\\', { fields: { ключ: '日本\u0000\n', empty: '' } });
      const writer = await stage.ledger.write('spring', NOW);
      const candidates: Candidate[] = [{ kind: 'recipient', recipient: odd }, ...people(2)];
      await writer.freeze(
        freezeOf(candidates, {
          messages: { lv: 'd', en: 'd' },
          languageOf: ({ id }) => (id === odd.id ? 'lv' : 'en'),
        }),
      );
      const { claimed } = only((await turn(writer)).chunks);
      expect(claimed.map(({ recipient: r }) => r)).toEqual([
        { ...odd, language: 'lv' },
        { ...recipient(0), language: 'en' },
        { ...recipient(1), language: 'en' },
      ]);
    });

    it.each(['the list', 'the confirmation'])('records nobody when %s fails', async (what) => {
      const writer = await stage.ledger.write('spring', NOW);
      async function* broken() {
        yield* people(2);
        throw new Error('the disk broke');
      }
      const request =
        what === 'the list'
          ? freezeOf([], { candidates: broken() })
          : freezeOf(people(2), {
              confirm: () => {
                throw new Error('no');
              },
            });
      await expect(writer.freeze(request)).rejects.toThrow();
      expect(await stage.ledger.campaign('spring')).toBeUndefined();
      expect(await stage.ledger.tally('spring')).toEqual(nobody);
      await writer.freeze(freezeOf(people(1)));
      expect((await stage.ledger.tally('spring')).planned).toBe(1);
    });
  });
}
