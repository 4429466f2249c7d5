import type { Host, Secrets } from '../../../publish/index.ts';
import { gitHost } from '../git.ts';
import type { HostOptions } from '../options.ts';
import { controlSocket } from '../shared/control-socket.ts';
import { knownHostsFile } from '../shared/known-hosts.ts';
import { type GitAddress, parseGitUrl } from './address.ts';
import type { GitLogin } from './program.ts';

/** Seconds without a sign of life after which a connection counts as lost. */
const PATIENCE = 30;

/** The host of a `git+…#branch` address. @throws HOST_URL_INVALID */
export async function openGit(url: string, options: HostOptions): Promise<Host> {
  const { client, clock, env, credentials } = options;
  const address = parseGitUrl(url);
  const login = async () =>
    address.scheme === 'file' ? {} : loginFrom(address, await credentials(), client.stateDir);
  return gitHost({ address, client: client.name, stateDir: client.stateDir, clock, env, login });
}

/** What git is to be given, of what `sec login` stored. */
export function loginFrom(address: GitAddress, secrets: Secrets, stateDir: string): GitLogin {
  if (address.scheme === 'https') {
    const { user = 'git', password = '' } = secrets;
    return { https: { user, password } };
  }
  const { hostname, port } = new URL(address.url);
  const place = { host: hostname, port: Number(port || 22) };
  const knownHosts = knownHostsFile(stateDir, place, secrets.hostKey);
  const keyFile = secrets.keyFile || undefined;
  return { ssh: { knownHosts, keyFile, control: controlSocket(), patience: PATIENCE } };
}
