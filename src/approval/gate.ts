import type { Message } from '../campaign/message.ts';
import type { Digest } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import type { Client } from '../workspace/index.ts';
import type { ApprovalBook } from './book.ts';
import { type CampaignDays, checkDays } from './campaign-days.ts';
import { campaignSubject } from './campaign-subject.ts';
import { checkApproval, type Naming, type Permit } from './check-approval.ts';
import { isApprovedBefore } from './earlier.ts';
import { checkIdentity } from './identity.ts';
import type { CurrentAudience } from './judge.ts';
import { checkWindow } from './rules/check-window.ts';
import { approversFor, changedRules, givesSay, rulesDigest, rulesOf } from './rules/rules.ts';

/** What the gate needs to know of a client. */
export type RuledClient = Pick<Client, 'name' | 'config' | 'timezone'>;

interface AnyRequest {
  readonly book: ApprovalBook;
  readonly now: Temporal.Instant;
  /** Asks for an approval even where the policy does not. */
  readonly requireApproval?: boolean | undefined;
}

export interface PublishRequest extends AnyRequest {
  readonly release: Digest;
  /** The release that is live. */
  readonly base: Digest | null;
  /** The place, such as `file:public/kaldi`. */
  readonly target: string;
  /** Digest of the headers that the target is told; absent where it is told none. */
  readonly headers?: Digest | undefined;
  readonly isRollback?: boolean | undefined;
  /** Whether the change touches an amount of money; asked only where a rule is about prices. */
  readonly changesPrices: () => boolean;
}

export interface SendRequest extends AnyRequest {
  readonly campaign: string;
  /** On which days it may go out; a brief that names none has no such limit. */
  readonly days: CampaignDays;
  readonly messages: ReadonlyMap<string, Message>;
  /** What carries the mail, without user and password. */
  readonly target: string;
  /** Worked out only where an approval is asked for. */
  readonly audience: () => CurrentAudience;
}

/**
 * The one place that decides whether a release may go live now, rollbacks included. Called before any effect;
 * returning means yes.
 *
 * @returns the approvals it goes live under; undefined where none is needed
 * @throws APPROVAL_…, POLICY_UNAPPROVED, OUTSIDE_HOURS (exit 77), naming the rule
 */
export function checkPublish(client: RuledClient, request: PublishRequest): Permit | undefined {
  const { release, base, target, headers, now, book } = request;
  checkRules(client, book);
  const rule = siteRule(client, request);
  const isAllowedAlone =
    request.isRollback === true &&
    !request.requireApproval &&
    book.rules.policy.operator.rollback &&
    isApprovedBefore(book, release);
  const naming = {
    subject: 'The website',
    rule: rule ?? '',
    ask: `sec approval request ${client.name} site`,
  };
  const wanted = {
    client: client.name,
    kind: 'site' as const,
    campaign: null,
    subject: release,
    base,
    target,
    headers,
  };
  const permit = rule && !isAllowedAlone ? checkApproval(wanted, book, now, naming) : undefined;
  checkWindow(client, 'Publishing', 'publishing', client.config.policy.publishing, now);
  return permit;
}

/**
 * The one place that decides whether a campaign may go out now. Called before the first recipient is touched,
 * and again before each chunk where a send takes long: hours may end, and an approval be taken back meanwhile.
 *
 * @returns the approvals it goes out under; undefined where none is needed
 * @throws APPROVAL_…, POLICY_…, CAMPAIGN_EARLY, CAMPAIGN_OVER, OUTSIDE_HOURS (exit 77), naming the rule
 */
export function checkSend(client: RuledClient, request: SendRequest): Permit | undefined {
  const { campaign, days, now, book, messages, target } = request;
  const { policy } = client.config;
  checkRules(client, book);
  checkIdentity(client, campaign, messages);
  const rule = ruleOf('campaign', policy.approval.campaign === 'required', request.requireApproval);
  const permit = rule
    ? checkApproval(
        {
          client: client.name,
          kind: 'campaign',
          campaign,
          subject: campaignSubject(client, { campaign, messages, days }),
          base: null,
          target,
          audience: request.audience(),
        },
        book,
        now,
        campaignNaming(client, campaign, rule),
      )
    : undefined;
  checkDays(client, campaign, days, now);
  checkWindow(client, 'Sending', 'sending', policy.sending, now);
  return permit;
}

/** Rules that give the client a say are changed only with the client. @throws POLICY_UNAPPROVED */
function checkRules(client: RuledClient, { rules }: ApprovalBook): void {
  const now = rulesOf(client);
  if (!givesSay(rules) || rulesDigest(rules) === rulesDigest(now)) return;
  throw fail('POLICY_UNAPPROVED', {
    client: client.name,
    changed: changedRules(rules, now),
    approvers: approversFor(rules, 'policy').map(({ name }) => name),
  });
}

function siteRule(
  client: RuledClient,
  { requireApproval, changesPrices }: PublishRequest,
): string | undefined {
  const wanted = client.config.policy.approval.site;
  const isAsked = wanted === 'required' || (wanted === 'prices' && changesPrices());
  return ruleOf('site', isAsked, requireApproval);
}

function ruleOf(kind: 'site' | 'campaign', isAsked: boolean, requireApproval: boolean | undefined) {
  if (isAsked) return `policy.approval.${kind}`;
  return requireApproval ? '--require-approval' : undefined;
}

const campaignNaming = (client: RuledClient, campaign: string, rule: string): Naming => ({
  subject: `The campaign "${campaign}"`,
  rule,
  ask: `sec approval request ${client.name} ${campaign}`,
});
