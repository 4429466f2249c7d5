import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SuppressionStore } from '../../src/audience/suppression.ts';

/** Two places that keep the same suppressions: two processes on one machine, or two machines. */
export interface SuppressionHarness {
  readonly here: SuppressionStore;
  readonly there: SuppressionStore;
  /** What happens between them before each look. */
  share(): Promise<void>;
  destroy(): Promise<void>;
}

const AT = Temporal.Instant.from('2026-03-02T10:00:00Z');

/** What suppressions must do, whatever keeps them together. */
export function suppressionContract(name: string, make: () => Promise<SuppressionHarness>): void {
  describe(`suppressions by ${name}`, () => {
    let kept: SuppressionHarness;
    beforeEach(async () => {
      kept = await make();
    });
    afterEach(() => kept.destroy());

    it('are known in both places, with time and reason', async () => {
      const { here, there } = kept;
      expect(here.add('anna', AT, 'asked by phone')).toBe(true);
      expect(here.add('berta', AT, undefined)).toBe(true);
      await kept.share();
      expect(there.find('anna')).toEqual({ at: AT, reason: 'asked by phone' });
      expect(there.find('berta')).toEqual({ at: AT });
      expect([there.has('anna'), there.has('carla'), there.find('carla'), there.count()]).toEqual([
        true,
        false,
        undefined,
        2,
      ]);
    });

    it('are found among many', async () => {
      const { here, there } = kept;
      for (const id of ['anna', 'berta', 'carla']) here.add(id, AT, undefined);
      here.remove('berta');
      await kept.share();
      expect(there.among(['berta', 'carla', 'dora', 'carla', '"', 'anna'])).toEqual(
        new Set(['anna', 'carla']),
      );
      expect(there.among([])).toEqual(new Set());
    });

    it('keep the first word, and tell whether another was new', async () => {
      const { here, there } = kept;
      here.add('anna', AT, 'bounced');
      await kept.share();
      expect(there.add('anna', AT.add({ hours: 1 }), 'complained')).toBe(false);
      await kept.share();
      expect([here.find('anna'), there.find('anna')]).toEqual([
        { at: AT, reason: 'bounced' },
        { at: AT, reason: 'bounced' },
      ]);
    });

    it('end in both places where one allows somebody again, and begin anew', async () => {
      const { here, there } = kept;
      here.add('anna', AT, undefined);
      await kept.share();
      expect(there.remove('anna')).toBe(true);
      expect(there.remove('anna')).toBe(false);
      await kept.share();
      expect([here.has('anna'), here.count()]).toEqual([false, 0]);
      expect(here.add('anna', AT.add({ hours: 1 }), 'unsubscribed')).toBe(true);
      await kept.share();
      expect(there.find('anna')).toEqual({ at: AT.add({ hours: 1 }), reason: 'unsubscribed' });
    });
  });
}
