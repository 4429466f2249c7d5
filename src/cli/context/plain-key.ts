import type { Client } from '../../workspace/index.ts';
import { openStatements } from './approval.ts';
import type { Context } from './context.ts';

/** What to say where a client's signing key lies in a file that nobody chose; undefined where it does not. */
export async function plainKeyWarning(context: Context, client: Client): Promise<string | undefined> {
  if (context.env.SEC_KEYS) return undefined;
  const { keyFolder, keysDir } = await import('../../adapters/keys/key-folder.ts');
  const files = keyFolder(keysDir(context.env));
  const keys = (await openStatements(context, client)).trust()?.keys ?? [];
  if (keys.every(({ id }) => files.read(id) === undefined)) return undefined;
  return `The key that signs approvals of ${client.name} is kept ${files.kept}`;
}
