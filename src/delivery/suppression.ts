/** Who must not be written to, for one client and for the whole office. Asked again at the moment of each claim. */
export interface Suppression {
  /** @param key the recipient's normalised address */
  isSuppressed(key: string): boolean;
  /** Learns what other machines recorded, where they share it. While it fails, nobody is claimed. */
  refresh?(): Promise<void>;
}

/** Asks, and takes a look-up that fails for a yes: better one mail too few than one to somebody who said no. */
export function safely({ isSuppressed }: Suppression): (key: string) => boolean {
  return (key) => {
    try {
      return isSuppressed(key) !== false;
    } catch {
      return true;
    }
  };
}
