import type { Digest } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import type { Client } from '../workspace/index.ts';
import { type CampaignDays, checkDays } from './campaign-days.ts';
import { isAllowedDay, isOpen, nextOpening, type WindowRule } from './window.ts';
import { windowSentence } from './words.ts';

/** What the gate needs to know of a client. */
export type RuledClient = Pick<Client, 'name' | 'config' | 'timezone'>;

export interface PublishRequest {
  readonly release: Digest;
  readonly now: Temporal.Instant;
  /** Asks for an approval even where the policy does not. */
  readonly requireApproval?: boolean | undefined;
}

export interface SendRequest {
  readonly campaign: string;
  /** On which days it may go out; a brief that names none has no such limit. */
  readonly days: CampaignDays;
  readonly now: Temporal.Instant;
  /** Asks for an approval even where the policy does not. */
  readonly requireApproval?: boolean | undefined;
}

/**
 * The one place that decides whether a release may go live now, rollbacks included. Called before any effect;
 * returning means yes.
 *
 * @throws APPROVAL_MISSING, OUTSIDE_HOURS (exit 77), naming the rule
 */
export function checkPublish(client: RuledClient, { release, now, requireApproval }: PublishRequest): void {
  const { policy } = client.config;
  const rule = approvalRule('site', policy.approval.site, requireApproval);
  if (rule) throw missing(client, 'The website', rule, release);
  checkWindow(client, 'Publishing', 'publishing', policy.publishing, now);
}

/**
 * The one place that decides whether a campaign may go out now. Called before the first recipient is touched,
 * and again before each chunk where a send takes long: hours may end meanwhile.
 *
 * @throws APPROVAL_MISSING, CAMPAIGN_EARLY, CAMPAIGN_OVER, OUTSIDE_HOURS (exit 77), naming the rule
 */
export function checkSend(client: RuledClient, { campaign, days, now, requireApproval }: SendRequest): void {
  const { policy } = client.config;
  const rule = approvalRule('campaign', policy.approval.campaign, requireApproval);
  if (rule) throw missing(client, `The campaign "${campaign}"`, rule);
  checkDays(client, campaign, days, now);
  checkWindow(client, 'Sending', 'sending', policy.sending, now);
}

function approvalRule(
  kind: 'site' | 'campaign',
  wanted: 'none' | 'required',
  requireApproval: boolean | undefined,
): string | undefined {
  if (wanted === 'required') return `policy.approval.${kind}`;
  return requireApproval ? '--require-approval' : undefined;
}

function missing(client: RuledClient, subject: string, rule: string, digest?: Digest) {
  const approvers = client.config.approvers.map(({ name }) => name);
  return fail('APPROVAL_MISSING', { client: client.name, subject, rule, approvers, digest });
}

function checkWindow(
  client: RuledClient,
  what: string,
  field: 'publishing' | 'sending',
  rule: WindowRule,
  now: Temporal.Instant,
): void {
  if (isOpen(rule, now, client.timezone)) return;
  const local = now.toZonedDateTimeISO(client.timezone);
  const next = nextOpening(rule, now, client.timezone);
  throw fail('OUTSIDE_HOURS', {
    client: client.name,
    what,
    rule: `policy.${field}.${isAllowedDay(rule, local) ? 'hours' : 'days'}`,
    allowed: windowSentence(rule),
    now: momentText(local),
    next: next ? momentText(next) : `none within two weeks: check policy.${field} in site.yaml`,
  });
}

/** `Monday 2026-03-30 09:00 (Europe/Riga)`. */
function momentText(at: Temporal.ZonedDateTime): string {
  const day = at.toPlainDate().toLocaleString('en', { weekday: 'long' });
  return `${day} ${at.toPlainDate()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })} (${at.timeZoneId})`;
}
