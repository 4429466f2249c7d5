import { readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SigningKeys } from '../../approval/signing-keys.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { newKeyPair, signerOf } from './key-pair.ts';

/** Private keys as files that are not encrypted, for their owner's eyes alone. */
export interface KeyFolder extends SigningKeys {
  /** The file's text: PKCS #8 in PEM. Undefined where there is none. */
  read(id: string): string | undefined;
}

/** Where files of keys lie: SEC_KEYS, else the folder for settings of this computer's user. */
export function keysDir(env: Readonly<NodeJS.ProcessEnv>): string {
  if (env.SEC_KEYS) return env.SEC_KEYS;
  const settings = env.XDG_CONFIG_HOME || env.APPDATA || join(homedir(), '.config');
  return join(settings, 'sec', 'keys');
}

/** @param dir outside every workspace, so that no key gets into a repository */
export function keyFolder(dir: string): KeyFolder {
  const file = (id: string) => join(dir, `${id}.pem`);
  const read = (id: string) => {
    try {
      return readFileSync(file(id), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  return {
    kept: 'in a file that is not encrypted: whoever can read the files of this computer’s user can sign.',
    isSealed: false,
    read,
    async create() {
      const { key, pem } = newKeyPair();
      privateFolder(dir);
      writeFileAtomic(file(key.id), pem, 0o600);
      return key;
    },
    async signer(id) {
      const pem = read(id);
      return pem === undefined ? undefined : signerOf(pem, id);
    },
    forget: async (id) => rmSync(file(id), { force: true }),
  };
}
