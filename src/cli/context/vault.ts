import { basename, join } from 'node:path';
import type { SealedVault } from '../../adapters/vaults/sealed.ts';
import { fail } from '../../core/errors/index.ts';
import type { KeyKeeper, Vault } from '../../vault/index.ts';
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
  const place = placeIn(await folderOf(context), client);
  const keeper =
    environmentKeeper(context.env, client.name) ??
    (await chosenIn(context, place)) ??
    (await byPassphrase(context, place));
  return sealedVault({ ...place, keeper });
}

/** The folder of this workspace's vaults. */
export async function folderOf(context: Context): Promise<string> {
  const { vaultFolder } = await import('../../adapters/vaults/folder.ts');
  return vaultFolder(context.env, context.workspace().root);
}

/**
 * Where a key can be kept without a new decision of somebody: in the environment, where it is set (CI); under a
 * passphrase, where one was chosen; in the keychain, where this computer has one.
 *
 * @param folder of the vaults of this workspace, or of the one that it was a copy of
 */
export async function chosenKeeper(
  context: Context,
  owner: VaultOwner,
  folder: string,
): Promise<KeyKeeper | undefined> {
  const { environmentKeeper } = await import('../../adapters/vaults/keepers/environment.ts');
  return environmentKeeper(context.env, owner.name) ?? chosenIn(context, placeIn(folder, owner));
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
  const place = signingPlace(await folderOf(context), client);
  const chosen = await chosenIn(context, place);
  const vault = sealedVault({ ...place, keeper: chosen ?? (await byPassphrase(context, place)) });
  const isUsable = chosen !== undefined || context.prompts !== undefined;
  return isUsable || vault.isThere() ? { vault, isUsable } : undefined;
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

const placeIn = (folder: string, { name: client }: VaultOwner): Place => ({
  client,
  folder,
  account: `${basename(folder)}/${client}`,
  named: `${client}'s vault`,
});

const signingPlace = (folder: string, { name: client }: VaultOwner): Place => ({
  client,
  folder: join(folder, 'signing'),
  account: `${basename(folder)}/${client} (signing)`,
  named: `the key that signs approvals of ${client}`,
});

/** Under a passphrase, where one was chosen; in the keychain, where this computer has one. Never in a plain file. */
async function chosenIn(context: Context, place: Place): Promise<KeyKeeper | undefined> {
  const { hasPassphrase } = await import('../../adapters/vaults/keepers/passphrase.ts');
  if (hasPassphrase(place) || context.env.SEC_VAULT_PASSPHRASE) return byPassphrase(context, place);
  const { openKeychain } = await import('../../adapters/vaults/keepers/keychain.ts');
  return openKeychain(place.account);
}

/** Asks for the passphrase, or for a new one. */
async function byPassphrase(context: Context, { client, folder, named }: Place): Promise<KeyKeeper> {
  const { passphraseKeeper } = await import('../../adapters/vaults/keepers/passphrase.ts');
  return passphraseKeeper({ client, folder, ask: (isNew) => askPassphrase(context, client, named, isNew) });
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
