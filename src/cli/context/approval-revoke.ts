import { seconds } from '../../approval/request/request.ts';
import { sealRevocation } from '../../approval/statement/revocation.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { openBook, openSigner, openStatements } from './approval.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';
import { shareApprovals } from './share-approvals.ts';

/** What `sec approval revoke --json` prints. */
export interface RevokedApproval {
  readonly client: string;
  readonly statement: Digest;
  readonly approver: string;
  readonly reason: string;
  readonly audit: Digest;
}

/**
 * Takes an approval back, at once: a send that is under way stops at its next chunk.
 *
 * @param prefix the beginning of a statement's digest or of its request's id
 * @throws STATEMENT_UNKNOWN, APPROVAL_KEY_MISSING
 */
export async function revokeApproval(
  context: Context,
  client: Client,
  prefix: string,
  reason: string,
): Promise<RevokedApproval> {
  const { statements } = await openBook(context, client);
  const [found, another] = statements.filter(
    ({ digest, statement }) =>
      prefix !== '' && (digest.startsWith(prefix) || statement.request.startsWith(prefix)),
  );
  if (!found || another)
    throw fail('STATEMENT_UNKNOWN', {
      client: client.name,
      known: statements.map(({ digest }) => digest.slice(0, 12)),
    });
  const { digest, statement } = found;
  const by = context.workspace().config.operator.name;
  const signer = await openSigner(context, client);
  const revocation = {
    client: client.name,
    statement: digest,
    by,
    reason,
    at: seconds(context.clock.now()),
  };
  (await openStatements(context, client)).revoke(digest, sealRevocation(revocation, signer));
  await shareApprovals(context, client);
  const { hash } = await appendAudit(context, client, 'approval.revoke', { statement: digest });
  return { client: client.name, statement: digest, approver: statement.approver.name, reason, audit: hash };
}
