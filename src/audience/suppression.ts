import { type ClientKey, recipientId } from './recipient-id.ts';

/** Who must not be written to, whatever a list says. Delivery asks again for each recipient at claim time. */
export interface Suppression {
  /**
   * Whether the mailbox with this normalised address (`EmailAddress.key`) must not be written to. Never throws:
   * a look-up that fails counts as suppressed, because a mail too many cannot be called back.
   */
  isSuppressed(addressKey: string): boolean;
}

/** Suppressed recipients by id. Only keyed hashes are kept, so they outlive the erasure of the address itself. */
export interface SuppressionStore {
  has(id: string): boolean;
  /** @returns whether it was new */
  add(id: string, at: Temporal.Instant, reason: string | undefined): boolean;
  /** @returns whether there was one */
  remove(id: string): boolean;
  count(): number;
}

/** The look-up over a client's store. */
export function createSuppression(clientKey: ClientKey, store: Pick<SuppressionStore, 'has'>): Suppression {
  return {
    isSuppressed(addressKey) {
      try {
        return store.has(recipientId(clientKey, addressKey));
      } catch {
        return true;
      }
    },
  };
}
