import pc from 'picocolors';
import type { Permit } from '../../approval/index.ts';
import type { PinnedComment } from '../../approval/request/outcome.ts';
import { tierWords } from '../../approval/tier-words.ts';
import { summaryParts } from '../../approval/words/summary-lines.ts';
import { wordsFor } from '../../approval/words/words-for.ts';
import type { ApprovalReceipt } from '../context/approval-answer.ts';
import type { RequestReceipt } from '../context/approval-ask.ts';
import type { ListedRequest, ShownRequest } from '../context/approval-list.ts';
import type { PreparedRequest } from '../context/approval-request.ts';
import type { RevokedApproval } from '../context/approval-revoke.ts';
import type { VerifiedApprovals } from '../context/approval-verify.ts';
import { table } from './table.ts';
import { count, wallTime } from './words.ts';

type Named = Pick<ListedRequest, 'kind' | 'campaign'>;

/** `the website`, `the campaign "spring"`, `the rules`. */
export const subjectText = ({ kind, campaign }: Named): string => {
  if (kind === 'site') return 'the website';
  return kind === 'policy' ? 'the rules' : `the campaign "${campaign ?? ''}"`;
};

/** What would be asked, before it is. */
export function preparedView(client: string, { asked, approvers }: PreparedRequest): string {
  return [
    `${pc.bold(client)}: ${subjectText(asked)} would be put to ${approvers.map(({ name }) => name).join(' and ')}`,
    ...summaryText(asked.summary),
  ].join('\n');
}

/** Who was asked, and what is left to do by hand. */
export function askedView(receipt: RequestReceipt, timezone: string): string {
  const lines = receipt.requests.flatMap((asked) => [
    `${pc.green('✓')} ${asked.approver} is asked about ${subjectText(receipt)} of ${pc.bold(receipt.client)} (request ${asked.request})`,
    `  The answer may come until ${wallTime(asked.expires, timezone)}. It will be ${tierWords(receipt.tier)}.`,
    ...(asked.bundle === null ? [] : [`  The preview: ${asked.bundle}/index.html`]),
    ...(asked.pin === null
      ? []
      : [`  ${pc.bold(`PIN ${asked.pin}`)} – tell it on the phone, never by mail. It is shown only now.`]),
    ...(asked.mail === null
      ? []
      : ['', pc.bold('No mail was sent. Write this one:'), ...mailLines(asked.mail)]),
  ]);
  const byMail =
    receipt.tier === 'T1'
      ? [`  Where the answer comes by mail: sec approval record ${receipt.client} CODE`]
      : [];
  return [...lines, ...byMail].join('\n');
}

const mailLines = ({ subject, text }: { subject: string; text: string }) =>
  [`Subject: ${subject}`, '', text, ''].flatMap((part) => part.split('\n')).map((line) => `    ${line}`);

export function answeredView(receipt: ApprovalReceipt): string {
  const { approver, outcome, tier, statement, audit, client } = receipt;
  if (outcome === 'changes') return wantedLines(receipt).join('\n');
  return [
    `${pc.green('✓')} ${approver} has approved ${subjectText(receipt)} of ${pc.bold(client)}`,
    `  ${tierWords(tier)}`,
    pc.dim(`  approval ${statement?.slice(0, 12)} · audit log ${audit?.slice(0, 12)}`),
  ].join('\n');
}

/** What an approver wants to be different, and what to do then. */
const wantedLines = (
  one: Pick<ApprovalReceipt, 'approver' | 'kind' | 'campaign' | 'client' | 'comments'>,
): string[] => [
  `${pc.yellow('!')} ${one.approver} asks for changes to ${subjectText(one)} of ${pc.bold(one.client)}:`,
  ...commentLines(one.comments),
  `  Make them, then ask again: sec approval request ${one.client} ${one.campaign ?? one.kind}`,
];

/** Each comment under the page that it is about. */
function commentLines(comments: readonly PinnedComment[]): string[] {
  if (comments.length === 0) return ['    (no words came with it)'];
  return comments.flatMap(({ page, text }) => {
    const [first = '', ...rest] = text.split('\n');
    const place = page === null ? '' : `${pc.bold(page)}  `;
    return [`    ${place}${first}`, ...rest.map((line) => `      ${line}`)];
  });
}

/** Under which approvals something went ahead; nothing where the rules ask for none. */
export const permitLines = (permit: Permit | undefined): string[] =>
  permit ? [`  Approved by ${permit.approvers.join(' and ')} (${tierWords(permit.tier)})`] : [];

export function requestListView(requests: readonly ListedRequest[], timezone: string): string {
  if (requests.length === 0) return 'Nobody was asked yet. Ask with: sec approval request <client> site';
  const rows = table(
    requests.map((one) => [
      pc.dim(one.request),
      pc.bold(one.client),
      subjectText(one),
      one.approver,
      standingText(one.standing),
      wallTime(one.asked, timezone),
      pc.dim(one.tier),
    ]),
  );
  const wanted = requests.filter(({ standing, askedAgain }) => standing === 'changes' && !askedAgain);
  return [rows, ...wanted.flatMap((one) => ['', ...wantedLines(one)])].join('\n');
}

export function requestView(shown: ShownRequest, timezone: string): string {
  const facts = [
    ['Asked', `${shown.approver}, ${wallTime(shown.asked, timezone)}`],
    ['Standing', standingText(shown.standing)],
    ['Until', wallTime(shown.expires, timezone)],
    ['How sure', tierWords(shown.tier)],
    ...(shown.why === null ? [] : [['Because', shown.why]]),
    ...(shown.statement === null ? [] : [['Approval', shown.statement]]),
  ].map(([label = '', value = '']) => [`  ${pc.dim(label)}`, value]);
  return [
    `${pc.bold(shown.client)}: ${subjectText(shown)} (request ${shown.request})`,
    table(facts),
    ...(shown.standing === 'changes'
      ? [`  ${pc.bold('Wanted differently')}`, ...commentLines(shown.comments)]
      : []),
    ...summaryText(shown.summary),
  ].join('\n');
}

export const revokedView = ({ client, statement, approver }: RevokedApproval): string =>
  `${pc.green('✓')} The approval ${statement.slice(0, 12)} of ${pc.bold(client)} (${approver}) is taken back. It counts from now on nowhere that has this folder: commit sites/${client}/approvals.`;

export function verifiedView(
  { client, statements, broken, unapprovedRules }: VerifiedApprovals,
  timezone: string,
): string {
  const rows = statements.map((one) => [
    pc.dim(one.statement.slice(0, 12)),
    subjectText(one),
    one.approver,
    one.standing === 'holds' ? pc.green('holds') : pc.yellow(one.standing),
    `until ${wallTime(one.expires, timezone)}`,
    pc.dim(one.tier),
  ]);
  return [
    `${pc.bold(client)}: ${count(statements.length, 'approval')} with a signature that holds`,
    ...(rows.length > 0 ? [table(rows)] : []),
    ...broken.map(({ file, problem }) => `${pc.red('✗')} ${file}: ${problem}`),
    ...(unapprovedRules.length > 0
      ? [
          `${pc.red('✗')} The rules in site.yaml were not agreed to by the client: ${unapprovedRules.join(', ')}`,
        ]
      : []),
  ].join('\n');
}

function summaryText(summary: ShownRequest['summary']): string[] {
  return summaryParts(summary, wordsFor('en')).flatMap(({ heading, lines }) => [
    ...(heading === '' ? [] : [`  ${pc.bold(heading)}`]),
    ...lines.map((line) => `    ${line}`),
  ]);
}

function standingText(standing: ListedRequest['standing']): string {
  const words: Readonly<Record<ListedRequest['standing'], string>> = {
    open: pc.yellow('waits for an answer'),
    expired: 'not answered in time',
    approved: pc.green('approved'),
    changes: pc.yellow('changes wanted'),
    withdrawn: pc.dim('withdrawn'),
  };
  return words[standing];
}
