import { basename, join } from 'node:path';
import type { SealedVault } from '../../adapters/vaults/sealed.ts';
import { fail } from '../../core/errors/index.ts';
import type { KeyKeeper, Vault, VaultKey } from '../../vault/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** Fewer signs than this can be found by trying. */
const SHORTEST_PASSPHRASE = 12;

/** Whose vault: a client's, or the office's own. */
export type VaultOwner = Pick<Client, 'name'>;

/** What this client confided. There is no handle that opens another client's. */
export const openVault = (context: Context, client: Client): Promise<Vault> =>
  openSealedVault(context, client);

/** The same, with its key. @throws VAULT_LOCKED for a SEC_VAULT_KEY_… that is no key */
export async function openSealedVault(context: Context, client: VaultOwner): Promise<SealedVault> {
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

/** Where a vault of a client lies, and how its passphrase is asked for. */
interface Place {
  readonly client: string;
  readonly folder: string;
  /** Distinguishes it in the keychain. */
  readonly account: string;
  /** As a question goes on: `kaldi's vault`. */
  readonly named: string;
}

/** The folder of this workspace's vaults. */
export async function folderOf(context: Context): Promise<string> {
  const { vaultFolder } = await import('../../adapters/vaults/folder.ts');
  return vaultFolder(context.env, context.workspace().root);
}

async function placeOf(context: Context, { name: client }: VaultOwner, part?: 'signing'): Promise<Place> {
  const own = await folderOf(context);
  const account = `${basename(own)}/${client}`;
  if (!part) return { client, folder: own, account, named: `${client}'s vault` };
  const named = `the key that signs approvals of ${client}`;
  return { client, folder: join(own, part), account: `${account} (${part})`, named };
}

/**
 * Where this vault's key is kept: as `quietKeeper` says, else under a passphrase that is asked for. Never in a plain
 * file.
 */
async function keeperFor(
  context: Context,
  place: Place,
): Promise<{ readonly keeper: KeyKeeper; readonly isUsable: boolean }> {
  const quiet = await quietKeeper(context, place);
  if (quiet) return { keeper: quiet, isUsable: true };
  return { keeper: await byPassphrase(context, place), isUsable: context.prompts !== undefined };
}

/** Where it can be kept without a new decision: under a passphrase, where one was chosen; in the keychain of the computer. */
async function quietKeeper(context: Context, place: Place): Promise<KeyKeeper | undefined> {
  const { hasPassphrase } = await import('../../adapters/vaults/keepers/passphrase.ts');
  if (hasPassphrase(place) || context.env.SEC_VAULT_PASSPHRASE) return byPassphrase(context, place);
  const { openKeychain } = await import('../../adapters/vaults/keepers/keychain.ts');
  return openKeychain(place.account);
}

async function byPassphrase(context: Context, { client, folder, named }: Place): Promise<KeyKeeper> {
  const { passphraseKeeper } = await import('../../adapters/vaults/keepers/passphrase.ts');
  return passphraseKeeper({ client, folder, ask: (isNew) => askPassphrase(context, client, named, isNew) });
}

/**
 * Where the key of a client's vault is kept or can be, without a new decision of somebody: in the environment, else as
 * above.
 *
 * @param folder of the vaults; another than this workspace's for one that was moved
 */
export async function chosenKeeper(
  context: Context,
  owner: VaultOwner,
  folder: string,
): Promise<KeyKeeper | undefined> {
  const { environmentKeeper } = await import('../../adapters/vaults/keepers/environment.ts');
  const given = environmentKeeper(context.env, owner.name);
  if (given) return given;
  const own = await placeOf(context, owner);
  return quietKeeper(context, { ...own, folder, account: `${basename(folder)}/${owner.name}` });
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
