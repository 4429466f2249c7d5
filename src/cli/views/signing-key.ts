import type { SigningKeyFacts } from '../context/approval-key.ts';

/** Which key signs, whether it is here, and how it is kept. */
export function signingKeyView({ client, keys, isHere, kept }: SigningKeyFacts): string {
  if (keys.length === 0)
    return `${client} was never asked for an approval. Its key is made when it is, and kept ${kept}`;
  const named = `Approvals of ${client} are signed with the key ${keys.join(', ')}`;
  if (isHere) return `${named}.\nIt is kept ${kept}`;
  return `${named}, which is not on this computer.\nRecord answers where it is; if it is lost: sec approval key ${client} --new`;
}
