import type { PinnedComment, Standing } from '../approval/request/outcome.ts';
import { wallTimeOf } from '../core/wall-time.ts';
import type { DeskItem, Urgency } from './item.ts';

/** The last thing that an approver was asked about a website, a campaign or the rules. */
export interface AskedFacts {
  readonly request: string;
  readonly approver: string;
  readonly standing: Standing;
  readonly expires: Temporal.Instant;
  /** When it was answered or withdrawn; absent while it was not. */
  readonly ended?: Temporal.Instant | undefined;
  readonly comments: readonly PinnedComment[];
  /** Why it was withdrawn. */
  readonly why?: string | undefined;
}

export interface AskedAbout {
  readonly client: string;
  /** As `sec approval request` calls it: `site`, a campaign's name, `policy`. */
  readonly about: string;
  readonly timezone: string;
  readonly asked: readonly AskedFacts[];
}

/** Letters of a comment that the board has room for. */
const ROOM = 100;
/** Days for which an answer that nobody acted on is still worth a line. */
const FORGOTTEN_DAYS = 30;

/** What approvers wait for, and what is waited for from them. An approval has no line: what it allows has. */
export function approvalItems(
  { client, about, timezone, asked }: AskedAbout,
  now: Temporal.Instant,
): DeskItem[] {
  const show = (request: string) => `sec approval show ${client} ${request.slice(0, 8)}`;
  const again = `sec approval request ${client} ${about}`;
  const item = (urgency: Urgency, text: string, next: string): DeskItem[] => [
    { client, about, urgency, text, next },
  ];
  return asked.filter(isRecent(now)).flatMap(({ standing, approver, request, comments, expires, why }) => {
    if (standing === 'changes')
      return item('failing', `${approver} asks for changes${wanted(comments)}`, show(request));
    if (standing === 'open')
      return item(
        'waiting',
        `${approver} was asked, and may answer until ${wallTimeOf(expires, timezone)}.`,
        show(request),
      );
    if (standing === 'expired')
      return item('due', `${approver} was asked and did not answer in time.`, again);
    if (standing === 'withdrawn')
      return item('due', `What ${approver} was asked does not count any more: ${why}.`, again);
    return [];
  });
}

/** Whether an answer is still to come, or has to be heeded first: until then nothing is due but that. */
export const isHeldBack = (
  { asked, needsApproval }: { readonly asked: readonly AskedFacts[]; readonly needsApproval: boolean },
  now: Temporal.Instant,
): boolean =>
  asked
    .filter(isRecent(now))
    .some(
      ({ standing }) =>
        standing === 'open' || standing === 'changes' || (standing !== 'approved' && needsApproval),
    );

/** Who said yes, where nobody who was asked said something else. */
export function approvedBy(asked: readonly AskedFacts[]): string | undefined {
  const counted = asked.filter(({ standing }) => standing !== 'withdrawn');
  if (counted.length === 0 || counted.some(({ standing }) => standing !== 'approved')) return undefined;
  return counted.map(({ approver }) => approver).join(' and ');
}

const isRecent =
  (now: Temporal.Instant) =>
  ({ ended, expires }: AskedFacts): boolean =>
    (ended ?? expires).until(now).total('days') <= FORGOTTEN_DAYS;

function wanted(comments: readonly PinnedComment[]): string {
  const [first, ...more] = comments;
  if (!first) return '.';
  const words = first.text.replace(/\s+/g, ' ').trim();
  const short = words.length > ROOM ? `${words.slice(0, ROOM).trimEnd()}…` : words;
  const place = first.page === null ? '' : ` (${first.page})`;
  const rest = more.length === 0 ? '' : `, and ${more.length} more`;
  return `: “${short}”${place}${rest}.`;
}
