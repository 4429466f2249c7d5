import { join } from 'node:path';
import type { Brief, Campaign } from '../../campaign/brief/brief.ts';
import type { Message } from '../../campaign/message.ts';
import type { Sender } from '../../campaign/template/view.ts';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { SitePromotion } from '../../site/promotion.ts';
import type { Client } from '../../workspace/index.ts';
import { hasOwnSite, readPictures } from './campaign-pictures.ts';
import { readTemplate, templateNames } from './campaign-templates.ts';
import type { Context } from './context.ts';

export { checkMergeFields, countGaps } from '../../campaign/merge-check.ts';

/** Names of a client's campaigns, sorted. */
export async function campaignNames(_context: Context, client: Client): Promise<string[]> {
  const { listCampaigns } = await import('../../adapters/briefs/folder.ts');
  return listCampaigns(client.campaignsDir);
}

/**
 * A client's campaign, its brief read and checked in every language.
 *
 * @throws WORD_MISSING without a name where nobody can be asked, CAMPAIGN_UNKNOWN with the near names,
 *   FRONT_MATTER_REFUSED, FRONT_MATTER_OPEN, YAML_BROKEN, FIELD_INVALID with file, line and field
 */
export async function openCampaign(
  context: Context,
  client: Client,
  name: string | undefined,
): Promise<Campaign> {
  const known = await campaignNames(context, client);
  const wanted = await context.word('campaign', name, () => known.map((value) => ({ value })));
  if (!known.includes(wanted))
    throw fail('CAMPAIGN_UNKNOWN', {
      client: client.name,
      campaign: wanted,
      near: nearNames(wanted, known),
      known,
    });
  const { readBriefs } = await import('../../adapters/briefs/folder.ts');
  const { parseCampaign } = await import('../../campaign/brief/parse.ts');
  const { main, translations } = readBriefs(join(client.campaignsDir, wanted), context.workspace().relative);
  return parseCampaign(client.name, wanted, main, translations, client.config.locales[0] ?? 'en');
}

/**
 * A campaign as messages, one for each language, the main one first.
 *
 * @throws SENDER_MISSING, TEMPLATE_UNKNOWN, TEMPLATE_BROKEN, MERGE_SYNTAX, PICTURE_UNUSABLE
 */
export async function compileCampaign(
  context: Context,
  client: Client,
  campaign: Campaign,
): Promise<ReadonlyMap<string, Message>> {
  const messages = new Map<string, Message>();
  for (const [language, brief] of campaign.briefs)
    messages.set(language, await compileBrief(context, client, campaign, brief));
  return messages;
}

/** One language of it. @throws SENDER_MISSING, TEMPLATE_UNKNOWN, TEMPLATE_BROKEN, MERGE_SYNTAX, PICTURE_UNUSABLE */
export async function compileBrief(
  context: Context,
  client: Client,
  campaign: Campaign,
  brief: Brief,
): Promise<Message> {
  const { compileMessage } = await import('../../campaign/compile.ts');
  return compileMessage({
    campaign,
    brief,
    sender: senderOf(client),
    template: await readTemplate(context, client, brief),
    pictures: await readPictures(client, campaign, brief),
  });
}

/**
 * Writes a new brief, ready to be filled in.
 *
 * @returns the file, relative to the workspace
 * @throws CAMPAIGN_NAME_INVALID, CAMPAIGN_EXISTS, TEMPLATE_UNKNOWN
 */
export async function createCampaign(
  context: Context,
  client: Client,
  { name, template, subject, list, dryRun }: NewCampaign,
): Promise<string> {
  const suggestion = problemOfCampaignName(name);
  if (suggestion !== undefined) throw fail('CAMPAIGN_NAME_INVALID', { campaign: name, suggestion });
  const known = await templateNames(context, client);
  if (!known.includes(template))
    throw fail('TEMPLATE_UNKNOWN', { file: '--template', template, near: nearNames(template, known), known });
  const { newBrief } = await import('../../campaign/new-brief.ts');
  const { createBrief } = await import('../../adapters/briefs/folder.ts');
  const starts = context.clock.now().toZonedDateTimeISO(client.timezone).toPlainDate();
  const text = newBrief({ template, subject, list, starts, url: client.config.url });
  const file = `campaigns/${client.name}/${name}/campaign.md`;
  const exists = (await campaignNames(context, client)).includes(name);
  if (exists || !(dryRun || createBrief(join(client.campaignsDir, name), text)))
    throw fail('CAMPAIGN_EXISTS', { client: client.name, campaign: name, file });
  return file;
}

export interface NewCampaign {
  readonly name: string;
  readonly template: string;
  readonly subject: string;
  readonly list: string | undefined;
  readonly dryRun: boolean;
}

/** A campaign that is ready to be sent. @throws BRIEF_UNFINISHED, PICTURES_NOT_LIVE, and what `openCampaign` throws */
export async function openFinishedCampaign(
  context: Context,
  client: Client,
  name: string | undefined,
): Promise<Campaign> {
  const campaign = await openCampaign(context, client, name);
  const { unfinishedIn } = await import('../../campaign/unfinished.ts');
  const place = unfinishedIn(campaign);
  if (place) throw fail('BRIEF_UNFINISHED', place);
  const { requirePictures } = await import('./campaign-live.ts');
  await requirePictures(context, client, campaign);
  return campaign;
}

/** What all of a client's campaigns put on its site, whatever the day: the site knows when to show it. */
export async function sitePromotions(context: Context, client: Client): Promise<SitePromotion[]> {
  const names = await campaignNames(context, client);
  if (names.length === 0) return [];
  const { toSitePromotions } = await import('../../campaign/site-promotion.ts');
  const campaigns = await Promise.all(names.map((name) => openCampaign(context, client, name)));
  const sender = findSender(client);
  return campaigns.flatMap((campaign) => toSitePromotions(campaign, sender));
}

/** All of a client's campaigns but those that are still to be filled in. */
export async function finishedCampaigns(context: Context, client: Client): Promise<Campaign[]> {
  const names = await campaignNames(context, client);
  if (names.length === 0) return [];
  const { unfinishedIn } = await import('../../campaign/unfinished.ts');
  const campaigns = await Promise.all(names.map((name) => openCampaign(context, client, name)));
  return campaigns.filter((campaign) => !unfinishedIn(campaign));
}

/** A sentence for each brief that is kept off the site because it is not filled in yet. */
export async function unfinishedPromotions(context: Context, client: Client): Promise<string[]> {
  const names = await campaignNames(context, client);
  if (names.length === 0) return [];
  const { readBriefs } = await import('../../adapters/briefs/folder.ts');
  const { TO_FILL_IN, unfinishedPlace } = await import('../../campaign/unfinished.ts');
  const found: string[] = [];
  for (const name of names) {
    const { main, translations } = readBriefs(join(client.campaignsDir, name), context.workspace().relative);
    if (![main, ...translations].some(({ text }) => text.includes(TO_FILL_IN))) continue;
    for (const brief of (await openCampaign(context, client, name)).briefs.values()) {
      const place = brief.fields.page || brief.fields.banner ? unfinishedPlace(brief) : undefined;
      if (place)
        found.push(
          `${place.file}, line ${place.line}: still to be filled in (✎), so it is not on the website yet.`,
        );
    }
  }
  return found;
}

function senderOf(client: Client): Sender {
  const sender = findSender(client);
  if (!sender) throw fail('SENDER_MISSING', { client: client.name, file: `sites/${client.name}/site.yaml` });
  return sender;
}

/** What messages say about their client; undefined where it has no sender. */
export function findSender(client: Client): Sender | undefined {
  const { name, url, locales, facts, sender, policy } = client.config;
  return (
    sender && {
      client: client.name,
      name,
      url,
      locales,
      timezone: client.timezone,
      hasSite: hasOwnSite(client),
      tracking: policy.tracking,
      facts,
      sender,
    }
  );
}

/** Undefined for a name that can be a campaign's folder, else one that could; empty where there is none near. */
export const problemOfCampaignName = (name: string): string | undefined =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? undefined : shortName(name);

/** The nearest name that can be a folder: `Jaunā gada cepumi!` gives `jauna-gada-cepumi`. */
const shortName = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
