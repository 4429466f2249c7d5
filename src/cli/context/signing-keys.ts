import type { SigningKeys } from '../../approval/signing-keys.ts';
import type { Signer } from '../../approval/statement/envelope.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openSigningVault } from './vault.ts';

/**
 * Where the keys that sign a client's approvals are: in a vault of their own; in the folder that SEC_KEYS names, for
 * whoever chose one; in a file where this computer has nothing that could keep the vault's key, which `kept` says.
 *
 * @throws APPROVAL_KEY_LOCKED, also from its methods
 */
export async function openSigningKeys(context: Context, client: Client): Promise<SigningKeys> {
  const { keyFolder, keysDir } = await import('../../adapters/keys/key-folder.ts');
  const files = keyFolder(keysDir(context.env));
  if (context.env.SEC_KEYS) return files;
  const opened = await openSigningVault(context, client);
  if (!opened) return files;
  const { sealedKeys } = await import('../../adapters/keys/sealed-keys.ts');
  const keys = sealedKeys(opened.vault, files);
  const named = <T>(work: Promise<T>) => work.catch((error: unknown) => refuse(client, error));
  return {
    ...keys,
    create: () => named(keys.create()),
    signer: (id) => named(keys.signer(id)),
    forget: (id) => named(keys.forget(id)),
    reset: opened.isUsable ? () => opened.vault.remove() : undefined,
  };
}

/** What signs with one of these keys on this computer, the newest first. @throws APPROVAL_KEY_MISSING */
export async function openSignerOf(
  context: Context,
  client: Client,
  ids: readonly string[],
): Promise<Signer> {
  const keys = await openSigningKeys(context, client);
  for (const id of ids.toReversed()) {
    const signer = await keys.signer(id);
    if (signer) return signer;
  }
  throw fail('APPROVAL_KEY_MISSING', { client: client.name, key: ids.join(', ') });
}

/** A failure of the vault that holds the key, told as one of the key. */
function refuse({ name: client }: Client, error: unknown): never {
  if (!isSecError(error) || !error.code.startsWith('VAULT_')) throw error;
  const { problem } = error.details as { readonly problem?: string };
  const nobody = 'it is under a passphrase, and nobody can be asked for it here';
  throw fail('APPROVAL_KEY_LOCKED', { client, problem: problem ?? nobody }, error);
}
