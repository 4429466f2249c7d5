import { asProblem, checkCampaign, sortProblems } from '../../campaign/check/check.ts';
import { checkLanguages } from '../../campaign/check/languages.ts';
import type { Checked } from '../../campaign/check/rules.ts';
import type { Message } from '../../campaign/message.ts';
import { isSecError } from '../../core/errors/index.ts';
import type { Problem } from '../../core/problem.ts';
import { step, type Work } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import { compileBrief, openCampaign } from './campaign.ts';
import { checkAgainstList } from './campaign-check-list.ts';
import { attempt } from './campaign-failures.ts';
import { type LinkFlags, linkProblems } from './campaign-links.ts';
import { readPictures } from './campaign-pictures.ts';
import { templateLanguages } from './campaign-templates.ts';
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
  flags: LinkFlags = {},
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
  const list = await checkAgainstList(context, client, campaign, messages);
  problems.push(...list.problems);
  const others = client.config.locales.filter((locale) => !list.languages.has(locale));
  problems.push(...checkLanguages(campaign, others, await templateLanguages(context, client)));
  problems.push(...(yield* linkProblems(context, client, campaign, messages, flags)));
  return sortProblems(problems);
}
