import { type EmailAddress, parseEmailAddress } from '../core/email-address.ts';
import { fail } from '../core/errors/index.ts';
import type { FoundList } from './list-source.ts';
import type { Evidence } from './list-store.ts';
import { recipientId } from './recipient-id.ts';

/** The address that somebody typed as a word of a command. @throws ADDRESS_INVALID */
export function readAddress(text: string): EmailAddress {
  const parsed = parseEmailAddress(text);
  if (!parsed.ok) throw fail('ADDRESS_INVALID', { reason: parsed.reason });
  return parsed.address;
}

export interface ConsentProof {
  readonly recipient: string;
  readonly suppressed: boolean;
  /** Oldest first. */
  readonly evidence: readonly Evidence[];
}

/** Why somebody on a list may be written to. @throws ADDRESS_INVALID, ADDRESS_NOT_LISTED */
export function proveConsent({ store, list, suppression }: FoundList, address: string): ConsentProof {
  const { key } = readAddress(address);
  const recipient = recipientId(store.clientKey, key);
  const evidence = store.evidence(list.name, recipient);
  if (evidence.length === 0) throw fail('ADDRESS_NOT_LISTED', { list: list.name });
  return { recipient, suppressed: suppression.isSuppressed(key, recipient), evidence };
}
