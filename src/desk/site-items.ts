import type { Digest } from '../core/digest.ts';
import type { Client } from '../workspace/index.ts';
import { type AskedFacts, approvalItems, approvedBy, isHeldBack } from './approval-items.ts';
import { type DeskItem, daysBetween, SOON_DAYS, type Urgency } from './item.ts';

type Rhythm = Client['config']['update'];

/** What the board needs to know of a client's website. */
export interface SiteFacts {
  readonly client: string;
  readonly timezone: string;
  readonly update: Rhythm;
  /** The last publication to the client's own host, from this computer. */
  readonly published?: { readonly at: Temporal.Instant; readonly release: Digest } | undefined;
  /** A publication began and never came to its end. */
  readonly isStopped: boolean;
  /** The site as it would be now; absent where finding out means running somebody else's program. */
  readonly build?: SiteBuild | undefined;
  /** The rules let no version of it go live without an approver. */
  readonly needsApproval: boolean;
  /** Who was asked last, and what of it is still open: of what is live by now nothing is. */
  readonly asked: readonly (AskedFacts & { readonly release: Digest })[];
}

export type SiteBuild =
  | { readonly release: Digest; readonly nextChange?: Temporal.ZonedDateTime | undefined }
  | { readonly problem: string };

/** The most days between two publications that a rhythm allows. */
const rhythmDays: Readonly<Record<Exclude<Rhythm, 'never'>, number>> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
};

export function siteItems(facts: SiteFacts, now: Temporal.Instant): DeskItem[] {
  const { client, timezone, published, build, isStopped } = facts;
  const today = now.toZonedDateTimeISO(timezone).toPlainDate();
  const items: DeskItem[] = [];
  const add = (urgency: Urgency, text: string, verb: string, day?: Temporal.PlainDate) =>
    items.push({
      client,
      about: 'site',
      urgency,
      text,
      next: `sec site ${verb} ${client}`,
      day: day?.toString(),
    });

  if (isStopped) add('failing', 'A publication was stopped in the middle.', 'publish');
  if (build && 'problem' in build) add('failing', `The website cannot be built: ${build.problem}`, 'build');
  else {
    const text = unpublished(facts);
    if (text !== undefined && !isHeldBack(facts, now)) items.push(nextStep(facts, text));
  }
  items.push(...approvalItems({ client, about: 'site', timezone, asked: facts.asked }, now));

  if (published && facts.update !== 'never') {
    const last = published.at.toZonedDateTimeISO(timezone).toPlainDate();
    const days = daysBetween(last, today);
    if (days > rhythmDays[facts.update])
      add('due', `Not updated for ${days} days; it is to be updated ${facts.update}.`, 'update', last);
  }
  if (build && 'release' in build && build.nextChange) {
    const day = build.nextChange.toPlainDate();
    if (daysBetween(today, day) <= SOON_DAYS)
      add('coming', `The website changes by itself on ${day}.`, 'publish', day);
  }
  return items;
}

/** In what way the live site is not the newest; undefined where it is. */
function unpublished({ published, build }: SiteFacts): string | undefined {
  if (!published) return 'The website was never published from here.';
  if (!build || !('release' in build) || build.release === published.release) return undefined;
  return 'What is live is no longer the newest: a change, or a day that came, waits to be published.';
}

function nextStep({ client, needsApproval, asked, build }: SiteFacts, text: string): DeskItem {
  const line = { client, about: 'site', urgency: 'waiting' as const };
  const newest = build && 'release' in build ? build.release : undefined;
  const yes = approvedBy(asked.filter(({ release }) => newest === undefined || release === newest));
  if (yes !== undefined)
    return { ...line, text: `${text} ${yes} approved it.`, next: `sec site publish ${client}` };
  if (!needsApproval) return { ...line, text, next: `sec site publish ${client}` };
  return {
    ...line,
    text: `${text} The client is to approve it first.`,
    next: `sec approval request ${client} site`,
  };
}
