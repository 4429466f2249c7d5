import type { AudienceSource } from '../../audience/audience.ts';
import { type Campaign, mainBrief } from '../../campaign/brief/brief.ts';
import { asProblem, checkCampaign, sortProblems } from '../../campaign/check/check.ts';
import { checkLanguages } from '../../campaign/check/languages.ts';
import { checkList, checkNoList, checkUnknownList, checkWhere } from '../../campaign/check/list.ts';
import type { Checked } from '../../campaign/check/rules.ts';
import { countGaps } from '../../campaign/merge-check.ts';
import type { Message } from '../../campaign/message.ts';
import { isSecError, type SecError } from '../../core/errors/index.ts';
import type { Problem } from '../../core/problem.ts';
import { step, type Work } from '../../core/progress.ts';
import { messageFor } from '../../delivery/mailroom.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames, openList } from './audience.ts';
import { compileBrief, openCampaign, readPictures, templateLanguages } from './campaign.ts';
import type { Context } from './context.ts';

/**
 * Everything that can be found in a campaign before it is sent: its files, its messages, its list. What is
 * wrong with a file is a finding; what is wrong with the words of the command is an error.
 *
 * @throws CAMPAIGN_UNKNOWN, and the errors of a broken workspace
 */
export async function* findProblems(context: Context, client: Client, name: string): Work<Problem[]> {
  yield step(`Checking ${name}`);
  const file = `campaigns/${client.name}/${name}/campaign.md`;
  const campaign = await attempt(() => openCampaign(context, client, name));
  if (isSecError(campaign)) return [asProblem(campaign, file)];

  const today = context.clock.now().toZonedDateTimeISO(client.timezone).toPlainDate();
  const problems: Problem[] = [];
  const checked: Checked[] = [];
  const messages = new Map<string, Message>();
  for (const [language, brief] of campaign.briefs) {
    const pictures = await attempt(() => readPictures(client, campaign, brief));
    const message = await attempt(() => compileBrief(context, client, campaign, brief));
    if (isSecError(message)) problems.push(asProblem(message, brief.file));
    else messages.set(language, message);
    checked.push({
      campaign,
      brief,
      today,
      pictures: isSecError(pictures) ? new Map() : pictures,
      message: isSecError(message) ? undefined : message,
    });
  }
  problems.push(...checkCampaign(checked, client.config.sender?.address ?? ''));
  problems.push(...checkLanguages(campaign, client.config.locales, await templateLanguages(context)));
  problems.push(...(await listProblems(context, client, campaign, messages)));
  return sortProblems(problems);
}

async function listProblems(
  context: Context,
  client: Client,
  campaign: Campaign,
  messages: ReadonlyMap<string, Message>,
): Promise<Problem[]> {
  const { list, where } = mainBrief(campaign).fields;
  if (list === undefined) return checkNoList(campaign);
  const known = await listNames(context, client);
  if (!known.includes(list)) return checkUnknownList(campaign, list, known);
  const read = await attempt(async () => {
    const source = await openList(context, client, list, where);
    return { source, gaps: await gapsOf(source, messages) };
  });
  if (isSecError(read)) return checkWhere(campaign, read);
  return checkList(messages, read.source.columns, read.gaps);
}

/** Reads the list once, as it would be sent to. */
async function gapsOf(source: AudienceSource, messages: ReadonlyMap<string, Message>) {
  const gaps = countGaps(messages);
  if (messages.size === 0) return gaps;
  for await (const candidate of source.candidates()) {
    if (candidate.kind !== 'recipient') continue;
    gaps.see(candidate.recipient.fields, messageFor(messages, candidate.recipient).language);
  }
  return gaps;
}

/** Failures that the campaign's own files cause; everything else is thrown on. */
const own = /^(FIELD_INVALID|YAML_BROKEN|FRONT_MATTER_|MERGE_|TEMPLATE_|SENDER_MISSING|PICTURE_|SEGMENT_)/;

async function attempt<T>(work: () => Promise<T>): Promise<T | SecError> {
  try {
    return await work();
  } catch (error) {
    if (isSecError(error) && own.test(error.code)) return error;
    throw error;
  }
}
