import type { ClientKey } from '../../../audience/recipient-id.ts';
import { keyedHash } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';

/** Whose record it is, and the folder that holds their key: for messages. */
export interface KeyOwner {
  readonly whose: string;
  readonly folder: string;
}

/** By which machines know that they have the same key; tells nothing of it. */
export const keyCheckOf = (key: ClientKey): string =>
  keyedHash(key, 'suppressions that are shared are kept under this key');

/** @param check what the database keeps @throws SUPPRESSION_OTHER_KEY */
export function checkSameKey(key: ClientKey | undefined, check: unknown, owner: KeyOwner): void {
  if (key === undefined) throw otherKey(owner);
  if (check !== keyCheckOf(key)) throw otherKey(owner, 'its key is another than the one of the office');
}

export const otherKey = ({ whose, folder }: KeyOwner, problem = 'it has no key') =>
  fail('SUPPRESSION_OTHER_KEY', { whose, folder, problem });
