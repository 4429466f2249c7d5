import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { fail } from '../../core/errors/index.ts';
import type { Host, LockClaim } from '../../publish/index.ts';
import type { Client, Workspace } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { livePlaces, overlap } from './live-places.ts';

/**
 * The host that a client's site lives on, or the further one that `name` names.
 *
 * @throws HOST_MISSING, HOST_KIND_UNKNOWN, HOST_FOLDER_UNSAFE
 */
export async function openClientHost(context: Context, client: Client, name?: string): Promise<Host> {
  const { host, hosts } = client.config;
  const url = name === undefined ? host : Object.hasOwn(hosts, name) ? hosts[name] : undefined;
  if (!url) throw fail('HOST_MISSING', { client: client.name, wanted: name, known: Object.keys(hosts) });
  const { openHost } = await import('../../adapters/hosts/registry.ts');
  const workspace = context.workspace();
  await refuseSharedFolder(workspace, client, url);
  return openHost(url, {
    workspace: workspace.root,
    clock: context.clock,
    client,
    env: context.env,
    credentials: async () => ({}),
  });
}

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
