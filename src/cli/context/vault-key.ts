import { randomBytes } from 'node:crypto';
import { KEY_BYTES, keyIdOf, type VaultKey } from '../../vault/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { listKey, sealListKey } from './list-key.ts';
import { folderOf, openSealedVault, openSigningVault } from './vault.ts';

/** Seals everything of a client under new keys, its lists as well. */
export async function rotateVaults(context: Context, client: Client): Promise<void> {
  const sealLists = await listSealer(context, client);
  await (await openSealedVault(context, client)).rotate(sealLists);
  const signing = await openSigningVault(context, client);
  if (signing?.vault.isThere()) await signing.vault.rotate();
}

/**
 * Forgets the logins that this client confided, and the key to them. Its lists can be read still: they say who must not
 * be written to. Their key is kept in a file of the user's own from then on.
 *
 * @param options.signingKeys also the keys that sign for the client
 */
export async function removeVault(
  context: Context,
  client: Client,
  { signingKeys = false }: { readonly signingKeys?: boolean } = {},
): Promise<void> {
  const sealLists = await listSealer(context, client);
  const { accountKeys } = await import('../../adapters/vaults/account-keys.ts');
  const key = randomBytes(KEY_BYTES);
  if (sealLists) {
    accountKeys(await folderOf(context)).write(client.name, keyIdOf(key), key);
    await sealLists(key);
  }
  await (await openSealedVault(context, client)).remove();
  if (signingKeys) await (await openSigningVault(context, client))?.vault.remove();
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
