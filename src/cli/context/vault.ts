import type { Vault } from '../../vault/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** What this client confided. There is no handle that opens another client's. */
export async function openVault(context: Context, client: Client): Promise<Vault> {
  const { fileVault, vaultFolder } = await import('../../adapters/vaults/file.ts');
  return fileVault({ client: client.name, folder: vaultFolder(context.env, context.workspace().root) });
}
