import type { VaultKey } from './sealed.ts';

/** Where the key of one client's vault is kept: the keychain, a passphrase in somebody's head, the environment. */
export interface KeyKeeper {
  /** As a sentence goes on: `in the keychain of this computer`. */
  readonly where: string;
  /** The keys that may fit, the newest first; none where nothing is kept. @throws VAULT_LOCKED */
  keys(): Promise<readonly VaultKey[]>;
  /**
   * Keeps a key beside the ones before. What was sealed under those can still be opened until `settle`.
   *
   * @throws VAULT_LOCKED, VAULT_NO_KEEPER
   */
  keep(key: VaultKey): Promise<void>;
  /** Lets go of all keys but one, after everything was sealed anew under it. */
  settle(key: VaultKey): Promise<void>;
  /** Lets go of all keys. */
  forget(): Promise<void>;
}
