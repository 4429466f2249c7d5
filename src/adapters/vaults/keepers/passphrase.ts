import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../../core/errors/index.ts';
import { type KeyKeeper, keyFromText, keyToText, type VaultKey } from '../../../vault/index.ts';
import { privateFolder, writeFileAtomic } from '../../files/atomic.ts';

/** 2^16 rounds of scrypt: about half a second here, and as costly for whoever tries passphrases out. */
const WORK_FACTOR = 16;

export interface PassphraseOptions {
  readonly client: string;
  /** The user's folder of vaults. */
  readonly folder: string;
  /** Asks for the passphrase; `isNew` where there is none yet. @throws VAULT_PASSPHRASE, VAULT_NO_KEEPER where nobody can be asked */
  ask(isNew: boolean): Promise<string>;
  /** Rounds of scrypt as a power of two. */
  readonly workFactor?: number;
}

/** Whether the client's key is kept under a passphrase. */
export const hasPassphrase = ({ client, folder }: Pick<PassphraseOptions, 'client' | 'folder'>): boolean =>
  existsSync(keyFile(folder, client));

/** Keys in a file that a passphrase encrypts (age, age-encryption.org/v1, with scrypt). */
export function passphraseKeeper({
  client,
  folder,
  ask,
  workFactor = WORK_FACTOR,
}: PassphraseOptions): KeyKeeper {
  const file = keyFile(folder, client);
  let known: string | undefined;
  const passphrase = async (isNew: boolean) => {
    known ??= await ask(isNew);
    return known;
  };
  const save = async (keys: readonly VaultKey[]) => {
    const { armor, Encrypter } = await import('age-encryption');
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(workFactor);
    encrypter.setPassphrase(await passphrase(!existsSync(file)));
    const text = keys.map((key) => `${keyToText(key)}\n`).join('');
    privateFolder(folder);
    writeFileAtomic(file, armor.encode(await encrypter.encrypt(text)), 0o600);
  };
  const keys = async (): Promise<readonly VaultKey[]> => {
    if (!existsSync(file)) return [];
    const { armor, Decrypter } = await import('age-encryption');
    const decrypter = new Decrypter();
    decrypter.addPassphrase(await passphrase(false));
    try {
      const text = await decrypter.decrypt(armor.decode(readFileSync(file, 'utf8')), 'text');
      return text.split('\n').flatMap((line) => keyFromText(line) ?? []);
    } catch (error) {
      known = undefined;
      throw fail(
        'VAULT_LOCKED',
        { client, problem: 'that is not its passphrase, or its key file is damaged' },
        error,
      );
    }
  };
  return {
    where: 'under a key that a passphrase opens',
    keys,
    keep: async (key) => save([key, ...(await keys())]),
    settle: (key) => save([key]),
    forget: async () => rmSync(file, { force: true }),
  };
}

const keyFile = (folder: string, client: string) => join(folder, `${client}.key.age`);
