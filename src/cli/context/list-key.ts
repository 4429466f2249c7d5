import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { SealedListKey } from '../../adapters/lists/list-key-file.ts';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { fail } from '../../core/errors/index.ts';
import { KEY_BYTES, keyIdOf, keyVariable, type VaultKey } from '../../vault/index.ts';
import type { Context } from './context.ts';
import { chosenKeeper, folderOf, openSealedVault, type VaultOwner } from './vault.ts';

/** Whose lists: a client's, or the office's own suppressions. */
export interface ListOwner extends VaultOwner {
  readonly stateDir: string;
  /** As messages call it, where that is not its name. */
  readonly title?: string;
}

export const titleOf = ({ name, title }: ListOwner): string => title ?? name;

/**
 * The key of a client's lists, made where there are none yet. It lies beside them, sealed under the key of the client's
 * vault; on a computer where that has no place yet, under a key in a file of the user's own (`AccountKeys`).
 *
 * @throws LISTS_KEY_LOST, LISTS_BROKEN, VAULT_… errors
 */
export const listKey = (context: Context, owner: ListOwner): Promise<ClientKey> =>
  context.once(`the key of the lists in ${owner.stateDir}`, () => openListKey(context, owner));

async function openListKey(context: Context, owner: ListOwner): Promise<ClientKey> {
  const { isBegun, readListKey } = await import('../../adapters/lists/list-key-file.ts');
  const { hasStore } = await import('../../adapters/lists/open-store.ts');
  const { stateDir } = owner;
  const client = titleOf(owner);
  const found = readListKey(stateDir, owner.name);
  // Beginning anew would let through everybody who said that they want no mail.
  if (found.kind === 'none' && isBegun(stateDir))
    throw fail('LISTS_KEY_LOST', { client, problem: 'the file lists.key is missing' });
  if (found.kind !== 'none' && !hasStore(stateDir))
    throw fail('LISTS_BROKEN', { client, problem: 'the file lists.sqlite is gone, its key is still there' });
  if (found.kind === 'sealed') return unseal(context, owner, found.sealed);
  const holder = await holderFor(context, owner);
  if (found.kind === 'plain') {
    await sealListKey(context, owner, found.key, holder);
    return found.key;
  }
  return (await createKey(context, owner, holder)) ?? openListKey(context, owner);
}

/** @returns undefined where another process was faster */
async function createKey(context: Context, owner: ListOwner, by: VaultKey): Promise<ClientKey | undefined> {
  const { createListKey, passingKey } = await import('../../adapters/lists/list-key-file.ts');
  const { beginStore } = await import('../../adapters/lists/open-store.ts');
  const key = passingKey();
  beginStore(owner.stateDir);
  return createListKey(key, await sealWith(context, owner, by)) ? key : undefined;
}

async function unseal(context: Context, owner: ListOwner, sealed: SealedListKey): Promise<ClientKey> {
  const { accountKeys } = await import('../../adapters/vaults/account-keys.ts');
  const folder = await folderOf(context);
  const account = accountKeys(folder).read(owner.name, sealed.keyId);
  const open = (by: VaultKey | undefined) => by && sealed.open(by);
  const key = open(account);
  if (key) {
    const better = await betterHolder(context, owner, folder);
    if (better) await sealListKey(context, owner, key, better);
    return key;
  }
  for (const place of new Set([folder, join(dirname(folder), sealed.place)])) {
    const keeper = await chosenKeeper(context, owner, place);
    for (const by of (await keeper?.keys()) ?? []) {
      const opened = open(by);
      if (opened) return opened;
    }
  }
  throw fail('LISTS_KEY_LOST', {
    client: titleOf(owner),
    problem: 'the key that opens them is not on this computer',
    ...(owner.title === undefined ? { variable: keyVariable(owner.name) } : {}),
  });
}

/** What a list key is sealed under from now on: the vault's key where that is kept somewhere, else one in a file. */
async function holderFor(context: Context, owner: ListOwner): Promise<VaultKey> {
  const folder = await folderOf(context);
  if (await chosenKeeper(context, owner, folder)) return (await openSealedVault(context, owner)).key();
  const { accountKeys } = await import('../../adapters/vaults/account-keys.ts');
  const key = randomBytes(KEY_BYTES);
  accountKeys(folder).write(owner.name, keyIdOf(key), key);
  return key;
}

/** Where somebody has chosen a passphrase or given a key since the lists were begun. Keychains are not asked each time. */
async function betterHolder(context: Context, owner: ListOwner, folder: string) {
  const { hasPassphrase } = await import('../../adapters/vaults/keepers/passphrase.ts');
  const chosen =
    context.env[keyVariable(owner.name)] ||
    context.env.SEC_VAULT_PASSPHRASE ||
    hasPassphrase({ client: owner.name, folder });
  return chosen ? (await openSealedVault(context, owner)).key() : undefined;
}

/**
 * What protects a client's lists, as a sentence goes on: `in the keychain of this computer`. Asks nobody for a passphrase;
 * undefined where there are no lists.
 */
export async function listsKept(context: Context, owner: ListOwner): Promise<string | undefined> {
  const { readListKey } = await import('../../adapters/lists/list-key-file.ts');
  const { accountKeys } = await import('../../adapters/vaults/account-keys.ts');
  const found = readListKey(owner.stateDir, owner.name);
  if (found.kind !== 'sealed') return undefined;
  const folder = await folderOf(context);
  if (!accountKeys(folder).read(owner.name, found.sealed.keyId))
    return (await chosenKeeper(context, owner, folder))?.where;
  return 'under a key in a file of your own on this computer, which has no keychain: whoever can read your files can read them';
}

/** Seals the key of a client's lists under the one given. */
export async function sealListKey(
  context: Context,
  owner: ListOwner,
  key: ClientKey,
  by: VaultKey,
): Promise<void> {
  const { writeListKey } = await import('../../adapters/lists/list-key-file.ts');
  writeListKey(key, await sealWith(context, owner, by));
}

async function sealWith(context: Context, { name: client, stateDir }: ListOwner, by: VaultKey) {
  return { client, stateDir, by, place: basename(await folderOf(context)) };
}
