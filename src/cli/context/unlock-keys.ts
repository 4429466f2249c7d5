import { isSecError } from '../../core/errors/index.ts';
import { rememberSecrets } from '../prompts.ts';
import { openSigner, openStatements } from './approval.ts';
import type { Context } from './context.ts';

/**
 * Asks now for every passphrase that signing will need, so that a server never asks in the middle of an answer.
 *
 * @param missing told of each client whose key is not on this computer: nobody can approve anything for it here
 * @returns a context that remembers them as long as it lives
 * @throws APPROVAL_KEY_LOCKED
 */
export async function unlockKeys(context: Context, missing: (text: string) => void): Promise<Context> {
  const { prompts } = context;
  const unlocked = prompts ? { ...context, prompts: rememberSecrets(prompts) } : context;
  const workspace = context.workspace();
  for (const name of workspace.clientNames()) {
    try {
      const client = workspace.client(name);
      if ((await openStatements(unlocked, client)).trust()) await openSigner(unlocked, client);
    } catch (error) {
      // What is wrong with one client alone is told when that client is asked about.
      if (!isSecError(error) || (prompts && error.code === 'APPROVAL_KEY_LOCKED')) throw error;
      if (error.code.startsWith('APPROVAL_KEY_')) missing(error.message);
    }
  }
  return unlocked;
}
