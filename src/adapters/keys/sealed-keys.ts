import type { SigningKeys } from '../../approval/signing-keys.ts';
import type { Vault } from '../../vault/index.ts';
import type { KeyFolder } from './key-folder.ts';
import { newKeyPair, signerOf } from './key-pair.ts';

/**
 * Private keys in a vault of their own, which the key that is given to CI does not open.
 *
 * @param files where an earlier sec kept them; what is found there moves into the vault when it is used
 */
export function sealedKeys(vault: Vault, files: KeyFolder): SigningKeys {
  const pemOf = async (id: string): Promise<string | undefined> => {
    const sealed = (await vault.read(id))?.pem;
    const plain = sealed ?? files.read(id);
    if (sealed === undefined && plain !== undefined) await vault.store(id, { pem: plain });
    if (plain !== undefined) await files.forget(id);
    return plain;
  };
  return {
    kept: vault.kept,
    isSealed: true,
    async create() {
      const { key, pem } = newKeyPair();
      await vault.store(key.id, { pem });
      return key;
    },
    async signer(id) {
      const pem = await pemOf(id);
      return pem === undefined ? undefined : signerOf(pem, id);
    },
    async forget(id) {
      await vault.forget(id);
      await files.forget(id);
    },
  };
}
