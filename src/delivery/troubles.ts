import type { Outcome } from './outcome.ts';

/** Counts what did not go as it should, to be told while a send is under way. */
export function countTroubles() {
  let [rejected, inDoubt, putOff] = [0, 0, 0];
  return {
    see(outcomes: readonly Outcome[]) {
      for (const { kind } of outcomes) {
        if (kind === 'rejected') rejected++;
        if (kind === 'inDoubt') inDoubt++;
        if (kind === 'deferred') putOff++;
      }
    },
    /** `2 refused, 1 in doubt`; undefined where all is well. */
    note(): string | undefined {
      const parts = [
        rejected > 0 ? `${rejected} refused` : '',
        putOff > 0 ? `${putOff} put off` : '',
        inDoubt > 0 ? `${inDoubt} in doubt` : '',
      ].filter((part) => part !== '');
      return parts.length > 0 ? parts.join(', ') : undefined;
    },
  };
}
