import { type ProvedAnswer, recordAnswer } from '../../approval/request/answer.ts';
import type { Answered } from '../../approval/request/answer-mail.ts';
import { type Outcome, standingAnswer } from '../../approval/request/outcome.ts';
import { type ApprovalRequest, statementOf } from '../../approval/request/request.ts';
import { wishOfCode } from '../../approval/request/secrets.ts';
import type { Tier } from '../../approval/statement/statement.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { lastStatement, openBook, openRequests, openSigner, openStatements } from './approval.ts';
import { checkCurrent } from './approval-current.ts';
import { appendAudit, openAudit } from './audit.ts';
import type { Context } from './context.ts';
import { shareApprovals } from './share-approvals.ts';

/** What an approver keeps, and `--json` prints. */
export interface ApprovalReceipt extends Answered {
  /** Instant in ISO 8601. */
  readonly at: string;
  /** The digest of the signed statement; null where changes were asked for. */
  readonly statement: Digest | null;
  /** Head of the audit log after this. Whoever keeps it can tell later that nothing before it was changed. */
  readonly audit: Digest | null;
}

/**
 * Records an answer that was proved, once, and makes it count: signs, keeps the statement with the site, writes
 * the audit log. The same answer again gives the same receipt, and finishes what a stopped run left undone.
 *
 * @throws REQUEST_DECIDED, REQUEST_EXPIRED, REQUEST_WITHDRAWN, APPROVAL_KEY_MISSING
 */
export async function settleAnswer(
  context: Context,
  client: Client,
  request: ApprovalRequest,
  answer: ProvedAnswer,
): Promise<ApprovalReceipt> {
  const requests = await openRequests(client);
  const now = context.clock.now();
  const standing = standingAnswer(request, requests.find(request.id)?.outcome, answer.wish, now);
  const isSigned = !standing && answer.wish === 'approve';
  if (isSigned) await checkCurrent(context, client, request);
  const signer = isSigned ? await openSigner(context, client) : undefined;
  const tools = { requests, now, signer: () => signer ?? missingSigner(client) };
  const { outcome, isNew } = recordAnswer(request, answer, tools);
  return receiptFor(context, client, request, outcome, isNew);
}

/** The receipt of an outcome that stands. What a stopped run left undone of it is done now. */
export async function receiptFor(
  context: Context,
  client: Client,
  request: ApprovalRequest,
  outcome: Outcome,
  isNew = false,
): Promise<ApprovalReceipt> {
  if (outcome.kind === 'approved') {
    const statements = await openStatements(context, client);
    // It may have been sealed anew under another key since.
    if (!statements.has(outcome.statement)) statements.keep(outcome.statement, outcome.envelope);
    await shareApprovals(context, client);
  }
  return receiptOf(request, outcome, await auditAnswer(context, client, request, outcome, isNew));
}

/** The statement that an approval of this request would sign now. */
export async function draftStatement(context: Context, client: Client, request: ApprovalRequest, tier: Tier) {
  const prev = lastStatement(await openBook(context, client));
  return statementOf(request, { tier, prev, now: context.clock.now() });
}

/** What a code from an approver's mail says. @throws REQUEST_CODE_WRONG, and what `settleAnswer` throws */
export async function recordCode(
  context: Context,
  client: Client,
  code: string,
  comment: string,
): Promise<ApprovalReceipt> {
  for (const { request } of (await openRequests(client)).all()) {
    const wish = wishOfCode(request, code);
    if (wish === undefined) continue;
    const answer: ProvedAnswer =
      wish === 'approve'
        ? { wish, statement: await draftStatement(context, client, request, 'T1') }
        : { wish, tier: 'T1', comments: comment === '' ? [] : [{ page: null, text: comment }] };
    return settleAnswer(context, client, request, answer);
  }
  throw fail('REQUEST_CODE_WRONG', { client: client.name });
}

/** What an approver said on the phone. @throws PHONE_NOT_ALLOWED, REQUEST_UNKNOWN, and what `settleAnswer` throws */
export async function recordPhone(context: Context, client: Client, id: string): Promise<ApprovalReceipt> {
  const { rules } = await openBook(context, client);
  if (!rules.policy.operator.phone) throw fail('PHONE_NOT_ALLOWED', { client: client.name });
  const request = await findRequest(client, id);
  const statement = await draftStatement(context, client, request, 'T0');
  return settleAnswer(context, client, request, { wish: 'approve', statement });
}

/** A request by the beginning of its id. @throws REQUEST_UNKNOWN */
export async function findRequest(client: Client, id: string): Promise<ApprovalRequest> {
  const all = (await openRequests(client)).all().map(({ request }) => request);
  const [found, another] = all.filter((request) => id !== '' && request.id.startsWith(id));
  if (found && !another) return found;
  throw fail('REQUEST_UNKNOWN', { client: client.name, known: all.map((request) => request.id) });
}

/** The entry that records an outcome, made now where a stopped run did not come to it. */
async function auditAnswer(
  context: Context,
  client: Client,
  { id, kind, campaign, approver, subject }: ApprovalRequest,
  outcome: Outcome,
  isNew: boolean,
): Promise<Digest> {
  const action = `approval.${outcome.kind}`;
  const facts = {
    request: id,
    kind,
    campaign,
    subject,
    approver: approver.id,
    tier: outcome.kind === 'withdrawn' ? null : outcome.tier,
    statement: outcome.kind === 'approved' ? outcome.statement : null,
  };
  const known = isNew
    ? undefined
    : (await (await openAudit(context)).entries()).find(
        (entry) => entry.client === client.name && entry.action === action && entry.facts.request === id,
      );
  return (known ?? (await appendAudit(context, client, action, facts))).hash;
}

function receiptOf(request: ApprovalRequest, outcome: Outcome, audit: Digest): ApprovalReceipt {
  if (outcome.kind === 'withdrawn') throw new TypeError('A withdrawn request has no receipt.');
  const isApproved = outcome.kind === 'approved';
  return {
    client: request.client,
    request: request.id,
    kind: request.kind,
    campaign: request.campaign,
    approver: request.approver.name,
    outcome: outcome.kind,
    tier: outcome.tier,
    at: outcome.at,
    statement: isApproved ? outcome.statement : null,
    comments: isApproved ? [] : outcome.comments,
    audit,
  };
}

function missingSigner({ name }: Client): never {
  throw fail('APPROVAL_KEY_MISSING', { client: name, key: '' });
}
