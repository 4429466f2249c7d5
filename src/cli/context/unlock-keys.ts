import { isSecError } from '../../core/errors/index.ts';
import { rememberSecrets } from '../prompts.ts';
import { openSigner, openStatements } from './approval.ts';
import type { Context } from './context.ts';

/**
 * Asks now for every passphrase that signing will need, so that a server never asks in the middle of an answer.
 *
 * @returns a context that remembers them as long as it lives
 * @throws APPROVAL_KEY_LOCKED
 */
export async function unlockKeys(context: Context): Promise<Context> {
  if (!context.prompts) return context;
  const unlocked = { ...context, prompts: rememberSecrets(context.prompts) };
  const workspace = context.workspace();
  for (const name of workspace.clientNames()) {
    try {
      const client = workspace.client(name);
      if ((await openStatements(unlocked, client)).trust()) await openSigner(unlocked, client);
    } catch (error) {
      // What is wrong with one client alone is told when that client is asked about.
      if (!isSecError(error) || error.code === 'APPROVAL_KEY_LOCKED') throw error;
    }
  }
  return unlocked;
}
