import type { AudienceSource } from '../../audience/audience.ts';
import { type Campaign, mainBrief } from '../../campaign/brief/brief.ts';
import { asProblem, checkCampaign, sortProblems } from '../../campaign/check/check.ts';
import { checkLanguages } from '../../campaign/check/languages.ts';
import {
  checkList,
  checkNoList,
  checkReaders,
  checkUnknownList,
  checkWhere,
} from '../../campaign/check/list.ts';
import type { Checked } from '../../campaign/check/rules.ts';
import { checkUnsubscribe } from '../../campaign/check/unsubscribe.ts';
import { countGaps } from '../../campaign/merge-check.ts';
import type { Message } from '../../campaign/message.ts';
import { sampleFields } from '../../campaign/preview.ts';
import { isSecError, type SecError } from '../../core/errors/index.ts';
import type { Problem } from '../../core/problem.ts';
import { step, type Work } from '../../core/progress.ts';
import { messageFor, openMailroom } from '../../delivery/mailroom.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames, openList } from './audience.ts';
import { compileBrief, openCampaign, templateLanguages } from './campaign.ts';
import { linkProblems } from './campaign-links.ts';
import { readPictures } from './campaign-pictures.ts';
import type { Context } from './context.ts';

/**
 * Everything that can be found in a campaign before it is sent: its files, its messages, its list. What is
 * wrong with a file is a finding; what is wrong with the words of the command is an error.
 *
 * @throws CAMPAIGN_UNKNOWN, and the errors of a broken workspace
 */
export async function* findProblems(
  context: Context,
  client: Client,
  name: string,
  { external = false }: CheckFlags = {},
): Work<Problem[]> {
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
      timezone: client.timezone,
      senderEmail: client.config.sender?.email ?? '',
      pictures: isSecError(pictures) ? new Map() : pictures,
      message: isSecError(message) ? undefined : message,
    });
  }
  problems.push(...checkCampaign(checked, client.config.sender ?? { name: '', address: '' }));
  problems.push(...checkLanguages(campaign, client.config.locales, await templateLanguages(context, client)));
  problems.push(...(await listProblems(context, client, campaign, messages)));
  problems.push(...(yield* linkProblems(context, client, campaign, messages, external)));
  return sortProblems(problems);
}

export interface CheckFlags {
  /** Also asks other people's servers whether the links to them work. */
  readonly external?: boolean | undefined;
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
    return { source, survey: await surveyOf(source, messages) };
  });
  if (isSecError(read)) return checkWhere(campaign, read);
  const { gaps, languages, people } = read.survey;
  return [
    ...checkList(messages, read.source.columns, gaps),
    ...checkReaders(campaign, languages),
    ...headerProblems(context, client, campaign, messages, people),
  ];
}

/** Reads the list once, as it would be sent to. */
async function surveyOf(source: AudienceSource, messages: ReadonlyMap<string, Message>) {
  const gaps = countGaps(messages);
  const languages = new Map<string, number>();
  let people = 0;
  if (messages.size === 0) return { gaps, languages, people };
  for await (const candidate of source.candidates()) {
    if (candidate.kind !== 'recipient') continue;
    const { fields, language } = candidate.recipient;
    people += 1;
    if (language !== undefined) languages.set(language, (languages.get(language) ?? 0) + 1);
    gaps.see(fields, messageFor(messages, candidate.recipient).language);
  }
  return { gaps, languages, people };
}

/** What the mail's own headers say, as it would go out. */
function headerProblems(
  context: Context,
  client: Client,
  campaign: Campaign,
  messages: ReadonlyMap<string, Message>,
  people: number,
): Problem[] {
  const [message] = messages.values();
  if (!message) return [];
  const address = context.workspace().config.operator.email;
  const recipient = { id: 'check', address, key: address, fields: sampleFields(message) };
  const mail = new TextDecoder().decode(openMailroom(messages, context.clock).mailFor(recipient).bytes());
  const headers = mail.slice(0, mail.indexOf('\r\n\r\n'));
  // With an address of its own, the mails of a send carry it; it is made for each of them only then.
  const isOneClick = client.config.sender?.unsubscribe !== undefined;
  return checkUnsubscribe(mainBrief(campaign), headers, isOneClick ? 0 : people);
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
