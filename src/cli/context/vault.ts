import { basename, join } from 'node:path';
import type { SealedVault } from '../../adapters/vaults/sealed.ts';
import { fail } from '../../core/errors/index.ts';
import type { KeyKeeper, Vault, VaultKey } from '../../vault/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** Fewer signs than this can be found by trying. */
const SHORTEST_PASSPHRASE = 12;

/** What this client confided. There is no handle that opens another client's. */
export const openVault = (context: Context, client: Client): Promise<Vault> =>
  openSealedVault(context, client);

/** The same, with its key. @throws VAULT_LOCKED for a SEC_VAULT_KEY_… that is no key */
export async function openSealedVault(context: Context, client: Client): Promise<SealedVault> {
  const { sealedVault } = await import('../../adapters/vaults/sealed.ts');
  const { environmentKeeper } = await import('../../adapters/vaults/keepers/environment.ts');
  const place = await placeOf(context, client);
  const keeper = environmentKeeper(context.env, client.name) ?? (await keeperFor(context, place)).keeper;
  return sealedVault({ ...place, keeper });
}

export interface SigningVault {
  readonly vault: SealedVault;
  /** Whether there is something that can keep a new key to it. */
  readonly isUsable: boolean;
}

/**
 * The vault of the keys that sign in the client's name, which the key for CI does not open: CI may deliver, and must
 * not approve. Undefined where there is none, and nothing that could keep its key either.
 */
export async function openSigningVault(context: Context, client: Client): Promise<SigningVault | undefined> {
  const { sealedVault } = await import('../../adapters/vaults/sealed.ts');
  const place = await placeOf(context, client, 'signing');
  const { keeper, isUsable } = await keeperFor(context, place);
  const vault = sealedVault({ ...place, keeper });
  return isUsable || vault.isThere() ? { vault, isUsable } : undefined;
}

/** Everything that is sealed for this client: its logins, then the keys that sign for it. */
export async function sealedVaults(context: Context, client: Client): Promise<SealedVault[]> {
  const signing = await openSigningVault(context, client);
  return [await openSealedVault(context, client), ...(signing?.vault.isThere() ? [signing.vault] : [])];
}

/** Seals everything of a client under new keys. */
export async function rotateVaults(context: Context, client: Client): Promise<void> {
  for (const vault of await sealedVaults(context, client)) await vault.rotate();
}

/**
 * Opens with a code from paper what it belongs to.
 *
 * @returns how that is kept from now on
 * @throws VAULT_LOCKED where it belongs to nothing of this client
 */
export async function restoreVault(context: Context, client: Client, key: VaultKey): Promise<string> {
  const vaults = await sealedVaults(context, client);
  const fitting = vaults.find((vault) => vault.isOpenedBy(key)) ?? vaults[0];
  await fitting?.restore(key);
  return fitting?.kept ?? '';
}

/** Forgets all that this client confided, and the key to it; where asked, the keys that sign for it too. */
export async function removeVault(
  context: Context,
  client: Client,
  { signingKeys = false }: { readonly signingKeys?: boolean } = {},
): Promise<void> {
  await (await openSealedVault(context, client)).remove();
  if (signingKeys) await (await openSigningVault(context, client))?.vault.remove();
}

/** Where a vault of a client lies, and how its passphrase is asked for. */
interface Place {
  readonly client: string;
  readonly folder: string;
  /** Distinguishes it in the keychain. */
  readonly account: string;
  /** As a question goes on: `kaldi's vault`. */
  readonly named: string;
}

async function placeOf(context: Context, { name: client }: Client, part?: 'signing'): Promise<Place> {
  const { vaultFolder } = await import('../../adapters/vaults/folder.ts');
  const own = vaultFolder(context.env, context.workspace().root);
  const account = `${basename(own)}/${client}`;
  if (!part) return { client, folder: own, account, named: `${client}'s vault` };
  const named = `the key that signs approvals of ${client}`;
  return { client, folder: join(own, part), account: `${account} (${part})`, named };
}

/**
 * Where this vault's key is kept: under a passphrase, where one was chosen; in the keychain, where this computer has
 * one; else under a passphrase that is asked for. Never in a plain file.
 */
async function keeperFor(
  context: Context,
  { client, folder, account, named }: Place,
): Promise<{ readonly keeper: KeyKeeper; readonly isUsable: boolean }> {
  const { hasPassphrase, passphraseKeeper } = await import('../../adapters/vaults/keepers/passphrase.ts');
  const ask = (isNew: boolean) => askPassphrase(context, client, named, isNew);
  const byPassphrase = passphraseKeeper({ client, folder, ask });
  if (hasPassphrase({ client, folder }) || context.env.SEC_VAULT_PASSPHRASE)
    return { keeper: byPassphrase, isUsable: true };
  const { openKeychain } = await import('../../adapters/vaults/keepers/keychain.ts');
  const keychain = await openKeychain(account);
  if (keychain) return { keeper: keychain, isUsable: true };
  return { keeper: byPassphrase, isUsable: context.prompts !== undefined };
}

async function askPassphrase(
  { env, prompts }: Context,
  client: string,
  named: string,
  isNew: boolean,
): Promise<string> {
  const given = env.SEC_VAULT_PASSPHRASE;
  if (given) return given;
  if (!prompts) {
    if (isNew)
      throw fail('VAULT_NO_KEEPER', {
        client,
        problem: 'this computer has no keychain, and nobody can be asked for a passphrase',
      });
    throw fail('VAULT_PASSPHRASE', { client });
  }
  if (!isNew) return prompts.secret(`The passphrase of ${named}`);
  const chosen = await prompts.secret(
    `Choose a passphrase for ${named}: some words that only you put together`,
    { check: (text) => text.length >= SHORTEST_PASSPHRASE || `At least ${SHORTEST_PASSPHRASE} characters.` },
  );
  await prompts.secret('Once more', { check: (text) => text === chosen || 'That is not the same.' });
  return chosen;
}
