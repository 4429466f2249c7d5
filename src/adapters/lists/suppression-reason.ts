import type { Sealer } from './sealer.ts';

const placeOf = (id: string) => `suppression ${id}`;

/** Why somebody is suppressed, in somebody's own words, as it is stored: sealed. */
export const sealReason = (sealer: Sealer, id: string, reason: string | undefined): Uint8Array | null =>
  reason === undefined ? null : sealer.seal(placeOf(id), reason);

/** @throws LISTS_BROKEN */
export const openReason = (sealer: Sealer, id: string, stored: unknown): string | undefined =>
  stored === null ? undefined : sealer.open(placeOf(id), stored);
