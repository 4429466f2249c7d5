import type { AudienceSource } from '../../audience/audience.ts';
import { type Campaign, mainBrief } from '../../campaign/brief/brief.ts';
import {
  checkList,
  checkNoList,
  checkReaders,
  checkUnknownList,
  checkWhere,
} from '../../campaign/check/list.ts';
import { checkUnsubscribe } from '../../campaign/check/unsubscribe.ts';
import { countGaps } from '../../campaign/merge-check.ts';
import type { Message } from '../../campaign/message.ts';
import { sampleFields } from '../../campaign/preview.ts';
import { isSecError } from '../../core/errors/index.ts';
import type { Problem } from '../../core/problem.ts';
import { messageFor, openMailroom } from '../../delivery/mailroom.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames, openList } from './audience.ts';
import { attempt } from './campaign-failures.ts';
import type { Context } from './context.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

/** What a list says of a campaign. */
export interface ListFindings {
  readonly problems: readonly Problem[];
  /** How many people read what, where the list knows. */
  readonly languages: ReadonlyMap<string, number>;
}

/** A campaign's mails held against the list that it goes to. */
export async function checkAgainstList(
  context: Context,
  client: Client,
  campaign: Campaign,
  messages: ReadonlyMap<string, Message>,
): Promise<ListFindings> {
  const nobody = (problems: readonly Problem[]) => ({ problems, languages: new Map<string, number>() });
  const { list, where } = mainBrief(campaign).fields;
  if (list === undefined) return nobody(checkNoList(campaign));
  const known = await listNames(context, client);
  if (!known.includes(list)) return nobody(checkUnknownList(campaign, list, known));
  const read = await attempt(async () => {
    const source = await openList(context, client, list, where);
    return { source, survey: await surveyOf(source, messages) };
  });
  if (isSecError(read)) return nobody(checkWhere(campaign, read));
  const { gaps, languages, people } = read.survey;
  const problems = [
    ...checkList(messages, read.source.columns, gaps),
    ...checkReaders(campaign, languages),
    ...(await headerProblems(context, client, campaign, messages, people)),
  ];
  return { problems, languages };
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
async function headerProblems(
  context: Context,
  client: Client,
  campaign: Campaign,
  messages: ReadonlyMap<string, Message>,
  people: number,
): Promise<Problem[]> {
  const [message] = messages.values();
  if (!message) return [];
  const address = context.workspace().config.operator.email;
  const recipient = { id: 'check', address, key: address, fields: sampleFields(message) };
  const room = openMailroom(messages, context.clock, {
    unsubscribeUrl: await unsubscribeUrl(context, client),
  });
  const mail = new TextDecoder().decode(room.mailFor(recipient).bytes());
  const headers = mail.slice(0, mail.indexOf('\r\n\r\n'));
  return checkUnsubscribe(mainBrief(campaign), headers, people);
}
