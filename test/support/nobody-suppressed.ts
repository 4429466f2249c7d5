import type { Suppression } from '../../src/delivery/suppression.ts';

/** Everybody may be written to. */
export const nobodySuppressed: Suppression = { suppressedOf: () => new Set() };
