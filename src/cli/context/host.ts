import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { fail } from '../../core/errors/index.ts';
import type { Host, LockClaim } from '../../publish/index.ts';
import type { Client, Workspace } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { livePlaces, overlap } from './live-places.ts';
import { openVault } from './vault.ts';

/**
 * The host that a client's site lives on, or the further one that `name` names.
 *
 * @throws HOST_MISSING, HOST_KIND_UNKNOWN, HOST_FOLDER_UNSAFE
 */
export async function openClientHost(context: Context, client: Client, name?: string): Promise<Host> {
  const url = hostUrl(client, name);
  const { openHost } = await import('../../adapters/hosts/registry.ts');
  const workspace = context.workspace();
  await refuseSharedFolder(workspace, client, url);
  const what = loginName(name);
  return openHost(url, {
    workspace: workspace.root,
    clock: context.clock,
    plainFtp: client.config.plainFtp,
    client,
    env: context.env,
    async credentials() {
      const secrets = await openVault(context, client).then((vault) => vault.read(what));
      if (!secrets)
        throw fail('LOGIN_MISSING', { client: client.name, what: name ?? 'host', target: shown(url) });
      return secrets;
    },
  });
}

/**
 * Where previews for a client's approvers lie, apart from its site: the further host named `preview`, where site.yaml
 * says how it is reached.
 *
 * @throws HOST_MISSING, HOST_KIND_UNKNOWN, HOST_FOLDER_UNSAFE
 */
export async function openPreviewHost(context: Context, client: Client): Promise<Host | undefined> {
  if (client.config.preview === undefined) return undefined;
  const { placesOf } = await import('../../adapters/hosts/registry.ts');
  const { root } = context.workspace();
  const url = hostUrl(client, PREVIEW);
  const site = client.config.host === undefined ? [] : placesOf(client.config.host, root);
  if (placesOf(url, root).some((place) => site.some((folder) => overlap(place, folder))))
    throw fail('HOST_FOLDER_UNSAFE', { target: url, problem: 'the website itself is there' });
  return openClientHost(context, client, PREVIEW);
}

const PREVIEW = 'preview';

/** The address in site.yaml of the client's host, or of the further one that `name` names. @throws HOST_MISSING */
export function hostUrl(client: Client, name: string | undefined): string {
  const { host, hosts } = client.config;
  const url = name === undefined ? host : Object.hasOwn(hosts, name) ? hosts[name] : undefined;
  if (!url) throw fail('HOST_MISSING', { client: client.name, wanted: name, known: Object.keys(hosts) });
  return url;
}

/** Under which name the login of a host is kept in the client's vault. */
export const loginName = (host: string | undefined): string => (host === undefined ? 'host' : `host:${host}`);

/** An address as messages show it: without the user, and without what a query may hold. */
const shown = (url: string) => url.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '');

/** Who publishes, as others see it who find the host locked. */
export function claimFor(context: Context, client: Client, doing: string): LockClaim {
  const owner = context.workspace().config.operator.name;
  return { token: randomUUID(), owner, machine: hostname(), pid: process.pid, doing, client: client.name };
}

/** Two clients' sites must not lie in one folder, nor one inside the other, whatever links lead there. */
async function refuseSharedFolder(workspace: Workspace, client: Client, url: string): Promise<void> {
  const { placesOf } = await import('../../adapters/hosts/registry.ts');
  const own = placesOf(url, workspace.root);
  if (own.length === 0) return;
  const other = (await livePlaces(workspace)).find(
    (place) => place.client !== client.name && own.some((folder) => overlap(folder, place.folder)),
  );
  if (other)
    throw fail('HOST_FOLDER_UNSAFE', { target: url, problem: `the site of "${other.client}" is there too` });
}
