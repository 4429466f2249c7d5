import type { Mailbox, Message } from '../../campaign/message.ts';
import { momentText, summaryParts } from '../words/summary-lines.ts';
import type { Words } from '../words/words.ts';
import { wordsFor } from '../words/words-for.ts';
import { letter } from './letter.ts';
import { type MailLink, requestHtml } from './mail-html.ts';
import type { ApprovalRequest } from './request.ts';
import type { Secrets } from './secrets.ts';

/** How an approver can answer: at an approval desk, or by sending a code back. */
export interface Ways {
  /** The link with its secret; absent without a desk. */
  readonly link?: string | undefined;
  /** Where the preview lies; absent where it is brought in another way. */
  readonly preview?: string | undefined;
  /** The codes of the two prepared answers; absent where a code is not sure enough. */
  readonly codes?: Pick<Secrets, 'approve' | 'changes'> | undefined;
}

export interface MailFacts {
  readonly request: ApprovalRequest;
  /** Of the client. */
  readonly business: string;
  readonly timezone: string;
  readonly office: Mailbox;
  readonly from: Mailbox;
  readonly ways: Ways;
}

/** The mail that asks an approver, as plain text and as HTML that needs no pictures. */
export function requestMail({ request, business, timezone, office, from, ways }: MailFacts): Message {
  const words = wordsFor(request.language);
  const { mail } = words;
  const blocks = [
    mail.hello(request.approver.name),
    words.intro[request.kind](office.name),
    ...summaryParts(request.summary, words).map(({ heading, lines }) =>
      heading === '' ? lines.join('\n') : [`${heading}:`, ...lines.map((line) => `– ${line}`)].join('\n'),
    ),
    ...(ways.link === undefined ? [] : [`${mail.answerHere}\n${ways.link}`]),
    ...(ways.link === undefined && ways.preview !== undefined ? [`${mail.lookAt}\n${ways.preview}`] : []),
    ...(request.tier === 'T2' ? [mail.pin] : []),
    ...(ways.codes ? [answerBlock(words, ways.codes, office)] : []),
    `${mail.until(momentText(request.expires, timezone, words))}\n${mail.surprise}`,
    office.name,
  ];
  const subject = mail.subject(words.what[request.kind], business);
  const replies = ways.codes ? replyLinks(words, { business, office, codes: ways.codes }) : [];
  const text = blocks.join('\n\n');
  const html = requestHtml({
    words,
    hello: mail.hello(request.approver.name),
    intro: words.intro[request.kind](office.name),
    parts: summaryParts(request.summary, words),
    look: lookLink(words, ways),
    pin: request.tier === 'T2' ? mail.pin : undefined,
    replies: replies.map((reply, n) => ({
      ...reply,
      code: (n === 0 ? ways.codes?.approve : ways.codes?.changes) ?? '',
    })),
    byMail: byMailLine(words, office),
    close: [mail.until(momentText(request.expires, timezone, words)), mail.surprise],
    office: office.name,
  });
  return letter({
    ...{ client: request.client, office, from: from.email, subject, text, html },
    name: `approval-${request.id}`,
    language: words.lang,
  });
}

/** Where the approver looks first: at the desk, or at a preview. */
function lookLink({ mail }: Words, { link, preview }: Ways): MailLink | undefined {
  if (link !== undefined) return { label: mail.answerHere.replace(/:$/, ''), href: link };
  return preview === undefined ? undefined : { label: mail.lookAt.replace(/:$/, ''), href: preview };
}

/** The two prepared answers, as links that open a mail program. */
export function replyLinks(
  { mail }: Words,
  { business, office, codes }: { business: string; office: Mailbox; codes: NonNullable<Ways['codes']> },
): MailLink[] {
  const link = (subject: string, body: readonly string[]) =>
    `mailto:${encodeURIComponent(office.email).replace('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.join('\r\n'))}`;
  return [
    {
      label: mail.approveLine.replace(/:$/, ''),
      href: link(mail.replyApprove(business), [mail.replyCode, codes.approve]),
    },
    {
      label: mail.changesLine.replace(/:$/, ''),
      href: link(mail.replyChanges(business), [mail.replyComment, '', '', mail.replyCode, codes.changes]),
    },
  ];
}

const byMailLine = ({ mail }: Words, { email }: Mailbox) => mail.answerByMail.replace(/:?$/, ` (${email}):`);

function answerBlock(words: Words, codes: NonNullable<Ways['codes']>, office: Mailbox): string {
  return [
    byMailLine(words, office),
    `${words.mail.approveLine} ${codes.approve}`,
    `${words.mail.changesLine} ${codes.changes}`,
  ].join('\n');
}
