/** Who must not be written to, for one client and for the whole office. Asked again at the moment of each claim. */
export interface Suppression {
  /** @param key the recipient's normalised address */
  isSuppressed(key: string): boolean;
  /** The same of many at one moment: those of the keys that must not be written to. One by one where it is absent. */
  suppressedOf?(keys: readonly string[], ids?: readonly string[]): ReadonlySet<string>;
  /** Learns what other machines recorded, where they share it. While it fails, nobody is claimed. */
  refresh?(): Promise<void>;
}

/**
 * Asks about many at once, and takes a look-up that fails for a yes: better one mail too few than one to somebody who
 * said no.
 *
 * @returns those of the keys that must not be written to
 */
export function safely({
  isSuppressed,
  suppressedOf = (keys) => new Set(keys.filter(orYes(isSuppressed))),
}: Suppression): (keys: readonly string[], ids?: readonly string[]) => ReadonlySet<string> {
  return (keys, ids) => {
    try {
      return suppressedOf(keys, ids);
    } catch {
      return new Set(keys);
    }
  };
}

const orYes = (isSuppressed: Suppression['isSuppressed']) => (key: string) => {
  try {
    return isSuppressed(key) !== false;
  } catch {
    return true;
  }
};
