/** Who must not be written to, for one client and for the whole office. Asked again at the moment of each claim. */
export interface Suppression {
  /**
   * Those of many, at one moment, who must not be written to.
   *
   * @param keys the recipients' normalised addresses
   * @param ids theirs at the client, in the same order, where they are known already
   */
  suppressedOf(keys: readonly string[], ids?: readonly string[]): ReadonlySet<string>;
  /** Learns what other machines recorded, where they share it. While it fails, nobody is claimed. */
  refresh?(): Promise<void>;
}

/** Takes a look-up that fails for a yes to all: better one mail too few than one to somebody who said no. */
export const safely =
  (suppression: Suppression): Suppression['suppressedOf'] =>
  (keys, ids) => {
    try {
      return suppression.suppressedOf(keys, ids);
    } catch {
      return new Set(keys);
    }
  };
