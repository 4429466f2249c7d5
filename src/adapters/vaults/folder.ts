import { homedir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { truePath } from '../files/true-path.ts';

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
