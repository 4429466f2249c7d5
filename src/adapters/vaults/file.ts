import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Secrets } from '../../publish/index.ts';
import type { Vault } from '../../vault/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { truePath } from '../files/true-path.ts';

/**
 * A client's logins in one file that only its owner may read (mode 0600). It is not encrypted: whoever can read
 * this user's files can read it.
 *
 * @param options.folder from `vaultFolder`
 */
export function fileVault({ client, folder }: { client: string; folder: string }): Vault {
  const file = join(folder, `${client}.json`);
  const all = (): Record<string, Secrets> => (existsSync(file) ? readVault(client, file) : {});
  const save = (entries: Record<string, Secrets>) => {
    privateFolder(folder);
    writeFileAtomic(file, `${JSON.stringify({ v: 1, client, entries }, null, 2)}\n`, 0o600);
  };
  return {
    client,
    kept: `a file of your own outside the workspace that only you may read (${basename(folder)}/${client}.json). It is not encrypted.`,
    read: async (what) => own(all(), what),
    async store(what, secrets) {
      save({ ...all(), [what]: { ...secrets } });
    },
    async forget(what) {
      const { [what]: gone, ...rest } = all();
      if (gone) save(rest);
      return gone !== undefined;
    },
    names: async () => Object.keys(all()).sort(),
  };
}

/**
 * Where the logins of a workspace's clients are kept: below SEC_VAULT_DIR, or the user's data folder (XDG Base
 * Directory Specification), in a folder of each workspace's own.
 */
export function vaultFolder(env: Readonly<NodeJS.ProcessEnv>, workspace: string): string {
  const { SEC_VAULT_DIR: named, XDG_DATA_HOME: data, LOCALAPPDATA: local } = env;
  const home = data && isAbsolute(data) ? data : local || join(homedir(), '.local/share');
  const place = truePath(workspace);
  return join(named || join(home, 'sec/vaults'), `${basename(place)}-${sha256(place).slice(0, 12)}`);
}

function readVault(client: string, file: string): Record<string, Secrets> {
  const broken = (problem: string, cause?: unknown) => fail('VAULT_UNREADABLE', { client, problem }, cause);
  const there = lstatSync(file);
  if (!there.isFile()) throw broken('there is no plain file where they are kept');
  if (process.platform !== 'win32' && (there.mode & 0o077) !== 0)
    throw broken('other users of this computer may read the file; take that right away (chmod 600)');
  let value: { v?: unknown; client?: unknown; entries?: Record<string, Secrets> };
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw broken('the file is damaged', error);
  }
  if (value.v !== 1 || typeof value.entries !== 'object')
    throw broken('the file is not of a kind that this version of sec knows');
  if (value.client !== client) throw broken('the file is that of another client');
  return value.entries;
}

const own = (entries: Record<string, Secrets>, what: string) =>
  Object.hasOwn(entries, what) ? entries[what] : undefined;
