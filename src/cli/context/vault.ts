import { basename } from 'node:path';
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
  const folder = await folderOf(context);
  return sealedVault({ client: client.name, folder, keeper: await keeperFor(context, client, folder) });
}

/** The folder of this workspace's vaults. */
export async function folderOf(context: Context): Promise<string> {
  const { vaultFolder } = await import('../../adapters/vaults/folder.ts');
  return vaultFolder(context.env, context.workspace().root);
}

/**
 * Where this client's key is kept: as `chosenKeeper` says, else under a passphrase that is asked for. Never in a
 * plain file.
 */
async function keeperFor(context: Context, owner: VaultOwner, folder: string): Promise<KeyKeeper> {
  const chosen = await chosenKeeper(context, owner, folder);
  if (chosen) return chosen;
  const { passphraseKeeper } = await import('../../adapters/vaults/keepers/passphrase.ts');
  const client = owner.name;
  return passphraseKeeper({ client, folder, ask: (isNew) => askPassphrase(context, client, isNew) });
}

/**
 * Where a key can be kept without a new decision of somebody: in the environment, where it is set (CI); under a
 * passphrase, where one was chosen; in the keychain, where this computer has one.
 */
export async function chosenKeeper(
  context: Context,
  { name: client }: VaultOwner,
  folder: string,
): Promise<KeyKeeper | undefined> {
  const { environmentKeeper } = await import('../../adapters/vaults/keepers/environment.ts');
  const given = environmentKeeper(context.env, client);
  if (given) return given;
  const { hasPassphrase, passphraseKeeper } = await import('../../adapters/vaults/keepers/passphrase.ts');
  if (hasPassphrase({ client, folder }) || context.env.SEC_VAULT_PASSPHRASE)
    return passphraseKeeper({ client, folder, ask: (isNew) => askPassphrase(context, client, isNew) });
  const { openKeychain } = await import('../../adapters/vaults/keepers/keychain.ts');
  return openKeychain(`${basename(folder)}/${client}`);
}

async function askPassphrase({ env, prompts }: Context, client: string, isNew: boolean): Promise<string> {
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
  if (!isNew) return prompts.secret(`The passphrase of ${client}'s vault`);
  const chosen = await prompts.secret(
    `Choose a passphrase for ${client}'s vault: some words that only you put together`,
    { check: (text) => text.length >= SHORTEST_PASSPHRASE || `At least ${SHORTEST_PASSPHRASE} characters.` },
  );
  await prompts.secret('Once more', { check: (text) => text === chosen || 'That is not the same.' });
  return chosen;
}
