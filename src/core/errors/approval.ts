import { entry } from './entry.ts';

interface CampaignDay {
  readonly client: string;
  readonly campaign: string;
  /** In the client's time zone. */
  readonly today: string;
  readonly timezone: string;
  /** The field of the brief. */
  readonly rule: string;
}

/** Refusals by the client's own rules. Approvers are named, never their addresses. */
export const approvalErrors = {
  APPROVAL_MISSING: entry<{
    client: string;
    subject: string;
    rule: string;
    approvers: readonly string[];
    digest?: string | undefined;
  }>({
    title: 'The client has not approved this',
    exit: 'refused',
    message: ({ client, subject, rule }) =>
      `${subject} of "${client}" has not been approved, and the rule ${rule} asks for it. Nothing went out; everything is as it was.`,
    hint: ({ client, approvers }) =>
      approvers.length > 0
        ? `This may be approved by: ${approvers.join(', ')}.`
        : `Nobody may approve yet: name somebody under approvers: in sites/${client}/site.yaml.`,
  }),
  CAMPAIGN_EARLY: entry<CampaignDay & { starts: string }>({
    title: 'The promotion has not begun',
    exit: 'refused',
    message: ({ campaign, starts, today, timezone }) =>
      `"${campaign}" begins on ${starts}, and there it is ${today} (${timezone}). Nothing went out; everything is as it was.`,
    hint: ({ client, campaign, starts }) =>
      `Send it from ${starts} on. If it is to go out today, correct starts: in campaigns/${client}/${campaign}/campaign.md.`,
  }),
  CAMPAIGN_OVER: entry<CampaignDay & { ends: string }>({
    title: 'The promotion is over',
    exit: 'refused',
    message: ({ campaign, ends, today, timezone }) =>
      `"${campaign}" ended on ${ends}, and there it is ${today} (${timezone}). Nothing went out; everything is as it was.`,
    hint: ({ client, campaign }) =>
      `If the client still keeps the offer, correct ends: in campaigns/${client}/${campaign}/campaign.md; else stop it for good: sec promo cancel ${client} ${campaign}`,
  }),
  OUTSIDE_HOURS: entry<{
    client: string;
    what: string;
    rule: string;
    allowed: string;
    now: string;
    next: string;
  }>({
    title: "Outside the client's days and hours",
    exit: 'refused',
    message: ({ client, what, rule, allowed, now }) =>
      `${what} for "${client}" is allowed ${allowed} (rule ${rule}), and there it is ${now}. Nothing went out; everything is as it was.`,
    hint: ({ next }) => `The next allowed moment is ${next}. Run the same command again then.`,
  }),
};
