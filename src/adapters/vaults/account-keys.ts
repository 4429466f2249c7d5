import { dirname, join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import { keyFromText, keyToText, type VaultKey } from '../../vault/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { readPrivate } from './private-file.ts';

/**
 * Keys of lists in files of the user's own, outside every workspace, for computers without a keychain: they keep a copy
 * of the workspace closed, and nothing from whoever reads the user's files. Never used for logins.
 */
export interface AccountKeys {
  /** @param keyId by what `sealedBy` knows the key @throws VAULT_UNREADABLE */
  read(client: string, keyId: string): VaultKey | undefined;
  write(client: string, keyId: string, key: VaultKey): void;
}

/** @param folder from `vaultFolder`; the keys lie beside it, so that a workspace that is moved finds them again */
export function accountKeys(folder: string): AccountKeys {
  const dir = join(dirname(folder), 'list-keys');
  const fileOf = (client: string, keyId: string) => join(dir, `${client}-${keyId}.key`);
  return {
    read(client, keyId) {
      const bytes = readPrivate(fileOf(client, keyId), (problem) =>
        fail('VAULT_UNREADABLE', { client, problem }),
      );
      return bytes && keyFromText(bytes.toString('utf8'));
    },
    write(client, keyId, key) {
      privateFolder(dir);
      writeFileAtomic(fileOf(client, keyId), `${keyToText(key)}\n`, 0o600);
    },
  };
}
