import type { Message } from '../campaign/message.ts';
import { type Digest, digestOf } from '../core/digest.ts';
import type { Client } from '../workspace/index.ts';
import type { CampaignDays } from './campaign-days.ts';

export interface CampaignContent {
  readonly campaign: string;
  readonly messages: ReadonlyMap<string, Message>;
  readonly days: CampaignDays;
}

/**
 * The digest of all that a client approves of a campaign beside its people: the messages (subject, sender,
 * reply-to, HTML, text, attachments, links and unsubscribe address in each language), the account it comes from,
 * the days and hours it may go out, the time zone and the columns it merges in. What carries the mail is the
 * statement's `target`.
 */
export function campaignSubject(
  { config, timezone, name }: Pick<Client, 'name' | 'config' | 'timezone'>,
  { campaign, messages, days }: CampaignContent,
): Digest {
  const { name: from, email, replyTo, address } = config.sender ?? {};
  const inOrder = [...messages].sort(([a], [b]) => (a < b ? -1 : 1));
  return digestOf({
    client: name,
    campaign,
    messages: inOrder.map(([language, { digest }]) => [language, digest]),
    merge: inOrder.map(([language, { fields }]) => [language, [...fields].sort()]),
    account: { from, email, replyTo, address },
    window: { ...config.policy.sending, starts: days.starts ?? null, ends: days.ends ?? null },
    timezone,
  });
}
