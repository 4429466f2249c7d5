import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { keyIdOf, type Signer } from '../../approval/statement/envelope.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

/** Private keys that sign approvals: one per client, outside every workspace, for their owner's eyes alone. */
export interface KeyFolder {
  /** Makes a key pair. @returns the public half as SPKI DER in base64 */
  create(): { readonly id: string; readonly publicKey: string };
  /** Undefined where the key is not on this computer. */
  signer(id: string): Signer | undefined;
}

/** Where keys lie: SEC_KEYS, else the folder for settings of this computer's user. */
export function keysDir(env: Readonly<NodeJS.ProcessEnv>): string {
  if (env.SEC_KEYS) return env.SEC_KEYS;
  const settings = env.XDG_CONFIG_HOME || env.APPDATA || join(homedir(), '.config');
  return join(settings, 'sec', 'keys');
}

export function keyFolder(dir: string): KeyFolder {
  const file = (id: string) => join(dir, `${id}.pem`);
  return {
    create() {
      const { privateKey } = generateKeyPairSync('ed25519');
      const publicKey = spkiOf(privateKey);
      const id = keyIdOf(publicKey);
      privateFolder(dir);
      writeFileAtomic(file(id), privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
      return { id, publicKey };
    },
    signer(id) {
      const key = readKey(file(id));
      if (!key || keyIdOf(spkiOf(key)) !== id) return undefined;
      return { keyid: id, sign: (bytes) => sign(null, bytes, key) };
    },
  };
}

const spkiOf = (key: KeyObject) =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');

function readKey(path: string): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
