import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { sep } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { Host, LockClaim } from '../../publish/index.ts';
import type { Client, Workspace } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/**
 * The host that a client's site lives on, or the further one that `name` names.
 *
 * @throws HOST_MISSING, HOST_KIND_UNKNOWN, HOST_FOLDER_UNSAFE
 */
export async function openClientHost(context: Context, client: Client, name?: string): Promise<Host> {
  const { host, hosts } = client.config;
  const url = name === undefined ? host : hosts[name];
  if (!url) throw fail('HOST_MISSING', { client: client.name, wanted: name, known: Object.keys(hosts) });
  const { openHost } = await import('../../adapters/hosts/registry.ts');
  const workspace = context.workspace();
  await refuseSharedFolder(workspace, client, url);
  return openHost(url, { workspace: workspace.root, clock: context.clock });
}

/** Who publishes, as others see it who find the host locked. */
export function claimFor(context: Context, client: Client, doing: string): LockClaim {
  const owner = context.workspace().config.operator.name;
  return { token: randomUUID(), owner, machine: hostname(), pid: process.pid, doing, client: client.name };
}

/** Two clients' sites must not lie in one folder, nor one inside the other. */
async function refuseSharedFolder(workspace: Workspace, client: Client, url: string): Promise<void> {
  if (!url.startsWith('file:')) return;
  const { folderOf } = await import('../../adapters/hosts/registry.ts');
  const folder = folderOf(url, workspace.root);
  for (const other of workspace.clientNames()) {
    if (other === client.name) continue;
    const shared = fileHosts(workspace, other).some((theirs) => {
      const place = attempt(() => folderOf(theirs, workspace.root));
      return place !== undefined && overlap(folder, place);
    });
    if (shared)
      throw fail('HOST_FOLDER_UNSAFE', { target: url, problem: `the site of "${other}" is there too` });
  }
}

/** A client whose own file is broken stops nobody else. */
function fileHosts(workspace: Workspace, name: string): string[] {
  const config = attempt(() => workspace.client(name).config);
  if (!config) return [];
  return [config.host ?? '', ...Object.values(config.hosts)].filter((url) => url.startsWith('file:'));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const overlap = (a: string, b: string) => a === b || a.startsWith(b + sep) || b.startsWith(a + sep);
