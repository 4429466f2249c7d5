import type { AudienceSource, Basis } from '../../audience/audience.ts';
import { type Campaign, mainBrief } from '../../campaign/brief/brief.ts';
import type { Message } from '../../campaign/message.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames, openCsv, openList } from './audience.ts';
import type { Context } from './context.ts';
import { askBasis } from './import-words.ts';
import { wasBegun } from './ledger.ts';

/** A campaign of a command's words, and what its people would be sent. */
export interface Mailing {
  readonly campaign: Campaign;
  readonly messages: ReadonlyMap<string, Message>;
}

/**
 * The step that everything begins with that sends a campaign, or asks for it to be sent.
 *
 * @param isDraftFine whether it may still be unfinished, as for a copy to oneself
 * @throws what `openFinishedCampaign` and `compileCampaign` throw
 */
export async function openMailing(
  context: Context,
  client: Client,
  given: string | undefined,
  { isDraftFine = false } = {},
): Promise<Mailing> {
  const { compileCampaign, openCampaign, openFinishedCampaign } = await import('./campaign.ts');
  const campaign = await (isDraftFine ? openCampaign : openFinishedCampaign)(context, client, given);
  return { campaign, messages: await compileCampaign(context, client, campaign) };
}

export interface AudienceWords {
  readonly list?: string | undefined;
  readonly csv?: string | undefined;
  readonly basis?: Basis | undefined;
  readonly map?: readonly string[] | undefined;
  /** Narrows further whom the brief's own `where` chooses. */
  readonly where?: string | undefined;
}

/**
 * Whom the words of a command line mean: a list, a CSV file, else the brief's own list. Undefined for a campaign
 * that has its people already, where no others were named.
 *
 * @throws AUDIENCE_MISSING, WORD_MISSING, LIST_…, CSV_…, SEGMENT_… errors
 */
export async function chooseAudience(
  context: Context,
  client: Client,
  campaign: Campaign,
  { list, csv, basis, map = [], where: narrower }: AudienceWords,
): Promise<AudienceSource | undefined> {
  if (narrower !== undefined && (await wasBegun(context, client, campaign.name)))
    throw fail('SEGMENT_LATE', { campaign: campaign.name, where: narrower });
  const where = bothOf(mainBrief(campaign).fields.where, narrower);
  if (csv !== undefined) {
    if (list !== undefined)
      throw fail('USAGE', { problem: 'Name a list or a CSV file, not both.', command: 'promo send' });
    return openCsv(context, client, csv, { basis: await askBasis(context, basis), map, where });
  }
  if (list !== undefined) return openList(context, client, list, where);
  if (await wasBegun(context, client, campaign.name)) return undefined;
  const named = mainBrief(campaign).fields.list;
  const known = await listNames(context, client);
  if (named === undefined && known.length === 0)
    throw fail('AUDIENCE_MISSING', { client: client.name, campaign: campaign.name });
  return openList(
    context,
    client,
    await context.word('list', named, () => known.map((value) => ({ value }))),
    where,
  );
}

/** Whom both expressions choose. */
const bothOf = (one: string | undefined, two: string | undefined) =>
  one === undefined || two === undefined ? (one ?? two) : `(${one}) && (${two})`;
