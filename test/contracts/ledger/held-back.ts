import { describe, expect, it } from 'vitest';
import { isSecError } from '../../../src/core/errors/index.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { isBalanced, nobody } from '../../../src/delivery/tally.ts';
import { recipient } from '../../delivery/fixtures.ts';
import { accepted, type LedgerStage, NOW, only, people, settled, turn } from './stage.ts';

/** What a service holds back and may be called back. */
export function holdingBack(stage: LedgerStage): void {
  describe('what is held back', () => {
    const first = NOW.add({ minutes: 20 });
    const last = NOW.add({ minutes: 30 });
    const doubtful: Outcome = { kind: 'inDoubt', reason: 'reset' };

    /** Two accepted that leave first, two accepted and one in doubt that leave last, one that was not held. */
    const held = async () => {
      const writer = await stage.begun(people(6));
      await writer.hold('batch-1');
      const claim = async (size: number, departs?: Temporal.Instant) =>
        only(
          (
            await writer.turn({
              settle: [],
              claim: { chunks: 1, size },
              exclude: () => () => undefined,
              departs,
              now: NOW,
            })
          ).chunks,
        );
      const [one, two, three] = [await claim(2, first), await claim(3, last), await claim(1)];
      const mixed = { chunk: two, outcomes: [accepted, accepted, doubtful], requests: 1 };
      await turn(writer, { settle: [settled(one, accepted), mixed, settled(three, accepted)], chunks: 0 });
      return writer;
    };

    it('is known with its batch and its times, to every handle', async () => {
      await held();
      const other = await stage.another();
      expect(await other.campaign('spring')).toMatchObject({ batch: 'batch-1', recalled: 0 });
      expect(await other.departing('spring', NOW)).toEqual({ count: 5, first, last });
      expect(await other.departing('spring', first)).toEqual({ count: 3, first: last, last });
      expect(await other.departing('spring', last)).toMatchObject({ count: 0, first: undefined });
      expect(await other.departing('autumn', NOW)).toMatchObject({ count: 0 });
    });

    it('keeps the batch that was named first, whoever names another', async () => {
      const writer = await stage.begun(people(1));
      expect(await writer.hold('batch-1')).toBe('batch-1');
      expect(await writer.hold('batch-2')).toBe('batch-1');
      expect(await stage.ledger.campaign('spring')).toMatchObject({ batch: 'batch-1' });
    });

    it('is called back where it was accepted and leaves after the moment, and nobody else', async () => {
      const writer = await held();
      expect(await writer.recall(first, NOW)).toBe(2);
      expect(await writer.recall(first, NOW)).toBe(0);
      const tally = await stage.ledger.tally('spring');
      expect(tally).toEqual({ ...nobody, candidates: 6, accepted: 3, rejected: 2, inDoubt: 1 });
      expect(isBalanced(tally)).toBe(true);
      expect(await stage.ledger.campaign('spring')).toMatchObject({ recalled: 2 });
      const [delivery] = await stage.ledger.deliveries(recipient(2).id);
      expect(delivery).toMatchObject({ state: 'rejected', reason: 'called back before it left' });
    });

    it('is called back by nobody but the campaign’s writer', async () => {
      const writer = await held();
      await writer.release();
      await (await stage.ledger.write('spring', NOW)).release();
      await expect(writer.recall(NOW, NOW)).rejects.toSatisfy((error) =>
        isSecError(error, 'CAMPAIGN_FENCED'),
      );
      expect(await stage.ledger.tally('spring')).toMatchObject({ accepted: 5, rejected: 0 });
    });
  });
}
