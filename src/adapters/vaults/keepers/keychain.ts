import { type KeyKeeper, keyFromText, keyToText, type VaultKey } from '../../../vault/index.ts';

const SERVICE = 'sec';

/**
 * The keychain of the operating system: macOS Keychain, Windows Credential Manager, the Secret Service of Linux.
 * Undefined where there is none. The kernel's keyring of Linux is never taken: it forgets at the next start.
 *
 * @param account unique to this workspace and client
 */
export async function openKeychain(account: string): Promise<KeyKeeper | undefined> {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  const entry = (part: 'now' | 'before') =>
    new AsyncEntry(SERVICE, part === 'now' ? account : `${account} (before)`, {
      linux: { store: 'secret-service' },
    });
  const read = async (part: 'now' | 'before') => {
    const text = await entry(part).getPassword();
    return text ? keyFromText(text) : undefined;
  };
  try {
    await read('now');
  } catch {
    return undefined;
  }
  const keys = async () => {
    const found = [await read('now'), await read('before')];
    return found.filter((key) => key !== undefined);
  };
  return {
    where: 'under a key in the keychain of this computer',
    keys,
    async keep(key: VaultKey) {
      const current = await read('now');
      if (current) await entry('before').setPassword(keyToText(current));
      await entry('now').setPassword(keyToText(key));
    },
    async settle() {
      await entry('before').deletePassword();
    },
    async forget() {
      await entry('before').deletePassword();
      await entry('now').deletePassword();
    },
  };
}
