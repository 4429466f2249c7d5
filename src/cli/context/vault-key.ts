import { randomBytes } from 'node:crypto';
import { KEY_BYTES, keyIdOf, type VaultKey } from '../../vault/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { listKey, sealListKey } from './list-key.ts';
import { folderOf, openSealedVault } from './vault.ts';

/** Seals all that this client confided, its lists as well, under a new key. */
export async function rotateVault(context: Context, client: Client): Promise<void> {
  const sealLists = await listSealer(context, client);
  await (await openSealedVault(context, client)).rotate(sealLists);
}

/**
 * Forgets the logins that this client confided, and the key to them. Its lists can be read still: they say who must not
 * be written to. Their key is kept in a file of the user's own from then on.
 */
export async function removeVault(context: Context, client: Client): Promise<void> {
  const sealLists = await listSealer(context, client);
  const { accountKeys } = await import('../../adapters/vaults/account-keys.ts');
  const key = randomBytes(KEY_BYTES);
  if (sealLists) {
    accountKeys(await folderOf(context)).write(client.name, keyIdOf(key), key);
    await sealLists(key);
  }
  await (await openSealedVault(context, client)).remove();
}

/** The key of this client's vault, which opens its lists as well from now on: for a sheet of paper, or for CI. */
export async function keyToAll(context: Context, client: Client): Promise<VaultKey> {
  const sealLists = await listSealer(context, client);
  const key = await (await openSealedVault(context, client)).key();
  await sealLists?.(key);
  return key;
}

/** Seals the client's list key under another; undefined where there are no lists. @throws LISTS_… errors */
async function listSealer(context: Context, client: Client) {
  const { hasStore } = await import('../../adapters/lists/open-store.ts');
  if (!hasStore(client.stateDir)) return undefined;
  const key = await listKey(context, client);
  return (by: VaultKey) => sealListKey(context, client, key, by);
}
