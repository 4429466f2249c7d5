import { type AskedFacts, approvalItems } from './approval-items.ts';
import { type CampaignFacts, campaignItems } from './campaign-items.ts';
import { type DeskItem, urgencies } from './item.ts';
import { type SiteFacts, siteItems } from './site-items.ts';

export interface ClientFacts {
  readonly client: string;
  /** Why nothing can be said of it, such as a mistake in its site.yaml. */
  readonly problem?: string | undefined;
  readonly site?: SiteFacts | undefined;
  readonly campaigns: readonly CampaignFacts[];
  /** A change of the rules that approvers were asked about. */
  readonly rules?: { readonly timezone: string; readonly asked: readonly AskedFacts[] } | undefined;
}

/** What is due, waiting, failing or coming at all clients, the most pressing first. Reads, and changes nothing. */
export function makeBoard(clients: readonly ClientFacts[], now: Temporal.Instant): DeskItem[] {
  const items = clients.flatMap(({ client, problem, site, campaigns, rules }) => [
    ...(problem === undefined ? [] : [brokenClient(client, problem)]),
    ...(site ? siteItems(site, now) : []),
    ...(rules ? approvalItems({ client, about: 'policy', ...rules }, now) : []),
    ...campaigns.flatMap((campaign) => campaignItems(campaign, now)),
  ]);
  return items.sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency));
}

const brokenClient = (client: string, problem: string): DeskItem => ({
  client,
  about: 'site',
  urgency: 'failing',
  text: problem,
  next: `sec client show ${client}`,
});
