import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import type { Host } from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';
import { truePath } from '../files/true-path.ts';
import { layoutOf } from './directory/layout.ts';

export interface HostOptions {
  /** Absolute path of the workspace: relative folders start there. */
  readonly workspace: string;
  readonly clock: Clock;
  /** Whose site it is, and the folder of that client's own state. */
  readonly client: Pick<Client, 'name' | 'stateDir'>;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** What `sec login` has stored for the client's host; empty where nothing is. */
  readonly credentials: Credentials;
}

/** Login details by name: username, password, token, keyFile and the like. */
export type Credentials = () => Promise<Readonly<Record<string, string>>>;

type OpenHost = (url: string, options: HostOptions) => Promise<Host>;

/** Seconds without a sign of life after which a connection counts as lost. */
const PATIENCE = 30;

/** The host keys that were confirmed for a client, in OpenSSH's format. */
const knownHostsOf = ({ stateDir }: HostOptions['client']) => join(stateDir, 'known_hosts');

/** One line per kind of host. A host is loaded when a client has one of its kind. */
const kinds: Readonly<Record<string, OpenHost>> = {
  file: async (url, options) => {
    const { directoryHost } = await import('./directory.ts');
    const folder = folderOf(url, options.workspace);
    return directoryHost({ target: url, folder, ...options });
  },
  git: async (url, { client, clock, env, credentials }) => {
    const [{ gitHost }, { parseGitUrl }] = await Promise.all([
      import('./git.ts'),
      import('./git/address.ts'),
    ]);
    const address = parseGitUrl(url);
    const { username = 'git', password, keyFile } = await credentials();
    const ssh = { knownHosts: knownHostsOf(client), keyFile, patience: PATIENCE };
    const https = password === undefined ? undefined : { username, password };
    return gitHost({ address, client: client.name, stateDir: client.stateDir, clock, env, ssh, https });
  },
};

/**
 * The host that a URL of site.yaml names.
 *
 * @throws HOST_KIND_UNKNOWN, HOST_FOLDER_UNSAFE
 */
export function openHost(url: string, options: HostOptions): Promise<Host> {
  const scheme = /^([a-z][a-z0-9]*)[:+]/i.exec(url)?.[1]?.toLowerCase() ?? '';
  const open = kinds[scheme];
  if (!open) throw fail('HOST_KIND_UNKNOWN', { scheme: scheme || url, known: Object.keys(kinds) });
  return open(url, options);
}

/** Folders of a workspace that hold its sources and its state. */
const workspaceOwn = ['.sec', '.git', 'sites', 'campaigns', 'templates', 'node_modules'];

/**
 * The folder that a `file:` URL names, absolute. `file:public/kaldi` is relative to the workspace;
 * `file:/srv/www` and `file:///srv/www` are absolute.
 *
 * @throws HOST_FOLDER_UNSAFE for a folder that holds the workspace or belongs to its sources
 */
export function folderOf(url: string, workspace: string): string {
  const named = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
  const folder = resolve(workspace, named);
  const unsafe = (problem: string) => fail('HOST_FOLDER_UNSAFE', { target: url, problem });
  if (named === '' || basename(folder) === '' || dirname(folder) === folder)
    throw unsafe('it names no folder');
  const office = truePath(workspace);
  for (const place of rootAndWhereItLeads(folder)) {
    if (office === place || office.startsWith(place + sep)) throw unsafe('the workspace itself is in it');
    const first = relative(office, place).split(sep)[0] ?? '';
    if (workspaceOwn.includes(first.toLowerCase()))
      throw unsafe(`${first} is a folder of the workspace's own`);
  }
  return folder;
}

/**
 * Every folder of this computer that a site at this URL takes up: where it is served from, where that leads, and
 * what sec keeps beside it. None for a host elsewhere.
 *
 * @throws HOST_FOLDER_UNSAFE
 */
export function placesOf(url: string, workspace: string): string[] {
  if (!/^file:/i.test(url)) return [];
  const places = rootAndWhereItLeads(folderOf(url, workspace));
  return [...places, layoutOf(url, places[0]).state];
}

function rootAndWhereItLeads(folder: string): readonly [root: string, leadsTo: string] {
  return [join(truePath(dirname(folder)), basename(folder)), truePath(folder)];
}
