import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import type { Point } from './doctor-finding.ts';
import { plainKeyWarning } from './plain-key.ts';

/** How the key that signs in the client's name is kept. */
export async function trustFindings(context: Context, client: Client): Promise<Point[]> {
  const text = await plainKeyWarning(context, client);
  if (text === undefined) return [];
  const fix = `Run in a terminal, or with SEC_VAULT_PASSPHRASE: sec approval key ${client.name}`;
  return [{ check: 'signing key', state: 'warning', text, fix }];
}
