import { join } from 'node:path';
import type { AuditEntry, AuditFacts, AuditLog } from '../../audit/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** The office's audit log, `.sec/audit`. */
export async function openAudit(context: Context): Promise<AuditLog> {
  const { auditFolder } = await import('../../adapters/audit/folder.ts');
  return auditFolder(join(context.workspace().stateDir, 'audit'), context.clock);
}

/**
 * Adds to the audit log what was done for a client, under the operator's name.
 *
 * @param action such as `site.publish` or `promo.send`
 * @param facts digests, names and counts; never a recipient's address
 */
export async function appendAudit(
  context: Context,
  client: Client,
  action: string,
  facts: AuditFacts['facts'],
): Promise<AuditEntry> {
  const by = context.workspace().config.operator.name;
  return (await openAudit(context)).append({ client: client.name, action, by, facts });
}
