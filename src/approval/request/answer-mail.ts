import type { Mailbox, Message } from '../../campaign/message.ts';
import type { Kind, Tier } from '../statement/statement.ts';
import { tierWords } from '../tier-words.ts';
import { letter } from './letter.ts';
import { escaped } from './mail-html.ts';
import type { PinnedComment } from './outcome.ts';

/** What an approver answered at the desk. */
export interface Answered {
  readonly client: string;
  readonly request: string;
  readonly kind: Kind;
  readonly campaign: string | null;
  readonly approver: string;
  readonly outcome: 'approved' | 'changes';
  readonly tier: Tier;
  /** Empty where it was approved. */
  readonly comments: readonly PinnedComment[];
}

export interface AnswerMailFacts {
  readonly answered: Answered;
  /** The client's business. */
  readonly business: string;
  readonly office: Mailbox;
  readonly from: string;
}

/** The mail that tells the office what an approver answered, and which command comes next. */
export function answerMail({ answered, business, office, from }: AnswerMailFacts): Message {
  const { client, request, approver, outcome, kind, campaign } = answered;
  const what = { site: 'the website', policy: 'the rules', campaign: `the campaign "${campaign}"` }[kind];
  const isYes = outcome === 'approved';
  const first = isYes ? `${approver} has approved ${what}` : `${approver} asks for changes to ${what}`;
  const blocks = [
    `${first} of ${business}.`,
    isYes ? tierWords(answered.tier) : commentText(answered.comments),
    isYes
      ? afterYes(answered)
      : `Make them, then ask again: sec approval request ${client} ${campaign ?? kind}`,
    `Request ${request}. All that was asked and answered: sec approval show ${client} ${request.slice(0, 8)}`,
  ];
  const text = blocks.join('\n\n');
  return letter({
    ...{ client, office, from, text },
    name: `answer-${request}`,
    language: 'en',
    subject: isYes ? `Approved: ${what} of ${business}` : `Changes wanted: ${what} of ${business}`,
    html: htmlOf(blocks),
  });
}

/** Each comment under the page that it is about. */
function commentText(comments: readonly PinnedComment[]): string {
  if (comments.length === 0) return '(no words came with it)';
  return comments.map(({ page, text }) => (page === null ? text : `${page}\n${text}`)).join('\n\n');
}

function afterYes({ client, kind, campaign }: Answered): string {
  if (kind === 'policy') return `The new rules hold from now on: sec client show ${client}`;
  return kind === 'site'
    ? `It may go live: sec site publish ${client}`
    : `It may go out: sec promo send ${client} ${campaign}`;
}

const htmlOf = (blocks: readonly string[]): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><style>:root{color-scheme:light dark}</style></head><body style="font:16px/1.5 sans-serif;max-width:36rem;margin:0;padding:16px;overflow-wrap:anywhere">
${blocks.map((block) => `<p style="white-space:pre-line">${escaped(block)}</p>`).join('\n')}
</body></html>`;
