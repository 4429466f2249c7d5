import type { Secrets } from '../publish/login.ts';

/**
 * What one client confided. A handle is bound to its client when it is made; there is none that reaches across
 * clients, and no way to search.
 */
export interface Vault {
  readonly client: string;
  /** How and where things are kept, as a sentence for the person who stores something. */
  readonly kept: string;
  /** @throws VAULT_UNREADABLE */
  read(what: string): Promise<Secrets | undefined>;
  /** Replaces what was stored under that name. @throws VAULT_UNREADABLE */
  store(what: string, secrets: Secrets): Promise<void>;
  /** @returns false where nothing of that name was stored */
  forget(what: string): Promise<boolean>;
  /** Names of what is stored, sorted; never a value. */
  names(): Promise<readonly string[]>;
}
