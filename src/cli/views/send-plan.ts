import pc from 'picocolors';
import type { AudienceSource } from '../../audience/audience.ts';
import type { Message, SlotText } from '../../campaign/message.ts';
import type { Tally } from '../../delivery/tally.ts';
import { emptyWords } from './segment.ts';
import { excludedWords } from './send-receipt.ts';
import { table } from './table.ts';
import { count } from './words.ts';

export interface SendPlanView {
  readonly clientName: string;
  readonly campaign: string;
  readonly messages: ReadonlyMap<string, Message>;
  readonly transport: string;
  readonly list: string;
  readonly basis: string;
  readonly tally: Tally;
  readonly segment?: AudienceSource['segment'];
}

/** What a send would do, before the question: who, how many, who not and why, from whom, through what. */
export function sendPlanView({
  clientName,
  campaign,
  messages,
  transport,
  ...audience
}: SendPlanView): string {
  const { list, basis, tally, segment } = audience;
  const [first] = messages.values();
  const rows = [...messages.values()].map(({ language, subject }) => [
    messages.size > 1 ? `subject (${language})` : 'subject',
    subjectText(subject),
  ]);
  if (first) rows.push(['from', `${first.from.name} <${first.from.email}>`]);
  rows.push(
    ['through', transport],
    ['list', `${list} (${basis === 'consent' ? 'they agreed to it' : 'they are customers'})`],
    ...(segment
      ? [['only', segment.where], ...emptyWords(segment.counts()).map((words) => ['', pc.dim(words)])]
      : []),
    ['to', pc.bold(count(tally.planned, 'person', 'people'))],
    ['not to', excludedWords(tally.excluded)],
  );
  return `${pc.bold(campaign)} of ${clientName}\n${indented(table(rows))}\n`;
}

/** The subject with an ellipsis where something is merged in. */
const subjectText = ({ statics }: SlotText): string => statics.join('…').replace(/\s+/g, ' ').trim();

const indented = (text: string) => text.replace(/^/gm, '  ');
