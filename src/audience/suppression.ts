import { type ClientKey, idMaker } from './recipient-id.ts';

/** Who must not be written to, whatever a list says. Delivery asks again for each recipient at claim time. */
export interface Suppression {
  /**
   * Whether the mailbox with this normalised address (`EmailAddress.key`) must not be written to. Never throws:
   * a look-up that fails counts as suppressed, because a mail too many cannot be called back.
   *
   * @param id the recipient's id at this client, where it is known already
   */
  isSuppressed(addressKey: string, id?: string): boolean;
  /**
   * The same of many at one moment, for a part of the cost: those of the keys that must not be written to, all of them
   * where a look-up fails.
   *
   * @param ids of the recipients, in the order of the keys, where they are known already
   */
  suppressedOf(addressKeys: readonly string[], ids?: readonly string[]): ReadonlySet<string>;
}

/** Since when and why somebody is not written to. */
export interface Suppressed {
  readonly at: Temporal.Instant;
  readonly reason?: string;
}

/** Suppressed recipients by id. Only keyed hashes are kept, so they outlive the erasure of the address itself. */
export interface SuppressionStore {
  has(id: string): boolean;
  /** Those of many ids that are in it. */
  among(ids: readonly string[]): ReadonlySet<string>;
  find(id: string): Suppressed | undefined;
  /** @returns whether it was new */
  add(id: string, at: Temporal.Instant, reason: string | undefined): boolean;
  /** @returns whether there was one */
  remove(id: string): boolean;
  count(): number;
}

/** Suppressed addresses under the key that their hashes are made with: of a client, or of the office. */
export interface SuppressedStore {
  readonly clientKey: ClientKey;
  readonly suppression: SuppressionStore;
}

/**
 * The look-up over what one client keeps, and what the office keeps for all of its clients: under a key of its own,
 * so that nobody can tell from one client's hashes who is suppressed at another.
 */
export function createSuppression(client: SuppressedStore, office?: SuppressedStore): Suppression {
  const idOf = idMaker(client.clientKey);
  const officeIdOf = office && idMaker(office.clientKey);
  return {
    isSuppressed(addressKey, id) {
      try {
        if (client.suppression.has(id ?? idOf(addressKey))) return true;
        return officeIdOf !== undefined && office?.suppression.has(officeIdOf(addressKey)) === true;
      } catch {
        return true;
      }
    },
    suppressedOf(keys, given) {
      try {
        const ids = given ?? keys.map(idOf);
        const officeIds = officeIdOf ? keys.map(officeIdOf) : [];
        const own = client.suppression.among(ids);
        const shared = office?.suppression.among(officeIds);
        if (own.size === 0 && !shared?.size && ids.length === keys.length) return new Set();
        return new Set(
          keys.filter((_, n) => isIn(own, ids[n]) || (shared !== undefined && isIn(shared, officeIds[n]))),
        );
      } catch {
        return new Set(keys);
      }
    },
  };
}

/** Nobody's id is missing but by a mistake, and then the answer is yes. */
const isIn = (ids: ReadonlySet<string>, id: string | undefined) => id === undefined || ids.has(id);
