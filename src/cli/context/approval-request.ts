import { randomBytes } from 'node:crypto';
import type { ApprovalBook } from '../../approval/index.ts';
import { type ApprovalRequest, LINK_HOURS, seconds } from '../../approval/request/request.ts';
import { drawSecrets, hashSecrets, type Secrets } from '../../approval/request/secrets.ts';
import type { RequestStore } from '../../approval/request/store.ts';
import { type Approver, approversFor, rulesDigest, rulesOf } from '../../approval/rules/rules.ts';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { Work } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import { openBook, openRequests, openStatements, pinTrust } from './approval.ts';
import {
  type AskedFor,
  campaignSubjectOf,
  policySubject,
  type SubjectWords,
  siteSubject,
} from './approval-subject.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';
import { clientLanguage } from './language.ts';
import { shareApprovals } from './share-approvals.ts';

/** What is to be asked, and whom. Nothing is recorded yet. */
export interface PreparedRequest {
  readonly asked: AskedFor;
  readonly approvers: readonly Approver[];
}

export interface RequestWords extends SubjectWords {
  /** `site`, `policy` or a campaign's name. */
  readonly subject: string;
  /** An approver's name; those that the rules ask for where absent. */
  readonly approver?: string | undefined;
}

/** A request that was put to an approver, with what only they may know. */
export interface AskedRequest {
  readonly request: ApprovalRequest;
  readonly secrets: Secrets;
}

/**
 * Builds what is to be approved and finds who is to be asked.
 *
 * @throws APPROVERS_NONE, APPROVER_UNKNOWN, APPROVAL_NOTHING_NEW, and what building or compiling throws
 */
export async function* prepareRequest(
  context: Context,
  client: Client,
  words: RequestWords,
): Work<PreparedRequest> {
  const book = await openBook(context, client);
  const asked =
    words.subject === 'site'
      ? yield* siteSubject(context, client, words)
      : words.subject === 'policy'
        ? await policySubject(context, client, book)
        : yield* campaignSubjectOf(context, client, words.subject, words);
  return { asked, approvers: whomToAsk(client, book, asked, words.approver) };
}

function whomToAsk(
  client: Client,
  { rules }: ApprovalBook,
  { kind, audience }: AskedFor,
  named: string | undefined,
): readonly Approver[] {
  const may = approversFor(rules, kind);
  if (named !== undefined) {
    const found = may.find(({ name }) => name.toLowerCase() === named.toLowerCase());
    const known = may.map(({ name }) => name);
    const near = nearNames(named, known);
    if (found) return [found];
    throw fail('APPROVER_UNKNOWN', {
      client: client.name,
      approver: named,
      known: near.length > 0 ? near : known,
    });
  }
  const limit = rules.policy.approval.secondAbove;
  const wanted = limit !== undefined && (audience?.count ?? 0) > limit ? 2 : 1;
  if (may.length < wanted) throw fail('APPROVERS_NONE', { client: client.name, kind, wanted });
  return may.slice(0, wanted);
}

/**
 * Puts a question to each approver, and withdraws what was open about the same: there is one version to answer.
 */
export async function recordRequests(
  context: Context,
  client: Client,
  { asked, approvers }: PreparedRequest,
): Promise<AskedRequest[]> {
  await pinTrust(context, client);
  const [requests, statements, book] = await Promise.all([
    openRequests(client),
    openStatements(context, client),
    openBook(context, client),
  ]);
  if (asked.kind === 'policy') statements.keepRules(rulesOf(client));
  if (asked.audience && asked.members !== undefined)
    requests.keepMembers(asked.audience.digest, asked.members);
  await shareApprovals(context, client);
  withdrawOlder(context, requests, asked, approvers);
  const made = approvers.map((approver) => makeRequest(context, client, book, asked, approver));
  for (const { request } of made) {
    requests.add(request);
    for (const [name, text] of asked.files) requests.keepShown(request.id, name, text);
    await appendAudit(context, client, 'approval.request', {
      request: request.id,
      kind: request.kind,
      campaign: request.campaign,
      subject: request.subject,
      approver: request.approver.id,
    });
  }
  return made;
}

function makeRequest(
  context: Context,
  client: Client,
  { rules }: ApprovalBook,
  { files: _files, members: _members, ...asked }: AskedFor,
  { id, name }: Approver,
): AskedRequest {
  const now = context.clock.now();
  const { tier, validDays } = rules.policy.approval;
  const names = { id: randomBytes(8).toString('hex'), nonce: randomBytes(16).toString('hex'), tier };
  const secrets = drawSecrets(randomBytes);
  const request: ApprovalRequest = {
    v: 1,
    ...names,
    client: client.name,
    ...asked,
    policy: rulesDigest(rules),
    approver: { id, name },
    validDays,
    // Finer than a second: of two questions in a row the later one counts.
    asked: now.toString({ smallestUnit: 'millisecond' }),
    expires: seconds(now.add({ hours: LINK_HOURS })),
    hashes: hashSecrets(names, secrets),
    language: clientLanguage(context, client),
  };
  return { request, secrets };
}

/** A second approver is asked about the same bytes; whatever is about others does not count any more. */
function withdrawOlder(
  { clock }: Context,
  requests: RequestStore,
  { kind, campaign, subject }: AskedFor,
  approvers: readonly Approver[],
): void {
  const at = seconds(clock.now());
  const isAsked = new Set(approvers.map(({ id }) => id));
  for (const { request, outcome } of requests.all()) {
    if (outcome || request.kind !== kind || request.campaign !== campaign) continue;
    if (request.subject === subject && !isAsked.has(request.approver.id)) continue;
    requests.close(request.id, { kind: 'withdrawn', at, why: 'a newer version was prepared' });
  }
}
