import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AuditEntry,
  type AuditExtract,
  type AuditFacts,
  type AuditLog,
  extractFor,
  verifyExtract,
} from '../../audit/index.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
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

/** Writes a client's part of the log into a file. @throws AUDIT_BROKEN, PLACE_LIVE */
export async function exportAudit(
  context: Context,
  client: Client,
  file: string,
): Promise<{ own: number; head: Digest }> {
  const [{ refuseLivePlace }, { writeFileAtomic }] = await Promise.all([
    import('./live-places.ts'),
    import('../../adapters/files/atomic.ts'),
  ]);
  await refuseLivePlace(context, file);
  const extract = extractFor(client.name, await (await openAudit(context)).entries());
  writeFileAtomic(file, `${JSON.stringify(extract, null, 2)}\n`, 0o600);
  return verifyExtract(extract);
}

/** Checks a file that `exportAudit` wrote. @throws AUDIT_BROKEN */
export function verifyAuditFile(file: string, witnessed: string | undefined): { own: number; head: Digest } {
  let extract: AuditExtract;
  try {
    extract = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw fail('AUDIT_BROKEN', { entry: 1, problem: 'the file cannot be read' }, error);
  }
  if (!Array.isArray(extract?.entries))
    throw fail('AUDIT_BROKEN', { entry: 1, problem: 'the file is no part of an audit log' });
  return verifyExtract(extract, witnessed);
}
