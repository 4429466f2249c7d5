import type { CampaignState } from '../delivery/receipt.ts';
import { type AskedFacts, approvalItems, approvedBy, isHeldBack } from './approval-items.ts';
import { type DeskItem, daysBetween, SOON_DAYS, type Urgency } from './item.ts';

/** What the board needs to know of a campaign. */
export type CampaignFacts = CampaignBegun | CampaignUnreadable;

export interface CampaignBegun {
  readonly client: string;
  readonly campaign: string;
  readonly timezone: string;
  /** First and last day, as the brief has them. */
  readonly starts?: string | undefined;
  readonly ends?: string | undefined;
  /** Some of the brief is still to be filled in. */
  readonly isUnfinished: boolean;
  readonly state: CampaignState;
  /** Recipients who are still to be written to, and those of whom nobody knows. */
  readonly toGo: number;
  readonly inDoubt: number;
  /** The rules let it not go out without an approver. */
  readonly needsApproval: boolean;
  /** Who was asked about it last. */
  readonly asked: readonly AskedFacts[];
}

export interface CampaignUnreadable {
  readonly client: string;
  readonly campaign: string;
  readonly problem: string;
}

/** Days after its end for which a campaign that never went out is still worth a line. */
const MISSED_DAYS = 14;

export function campaignItems(facts: CampaignFacts, now: Temporal.Instant): DeskItem[] {
  const { client, campaign } = facts;
  const items: DeskItem[] = [];
  const add = (urgency: Urgency, text: string, verb: string, day?: string) =>
    items.push({
      client,
      about: campaign,
      urgency,
      text,
      next: `sec promo ${verb} ${client} ${campaign}`,
      day,
    });
  if ('problem' in facts) {
    add('failing', facts.problem, 'check');
    return items;
  }
  const { inDoubt, toGo, state } = facts;
  if (inDoubt > 0) add('failing', `Of ${people(inDoubt)} nobody knows whether the mail arrived.`, 'resolve');
  if (state === 'stopped') add('failing', `The send stopped part-way: ${people(toGo)} to go.`, 'resume');
  if (state === 'waiting') add('waiting', `It waits for a worker: ${people(toGo)} to go.`, 'status');
  if (state === 'paused') add('waiting', `The send is paused: ${people(toGo)} to go.`, 'resume');
  return state === 'unsent' ? [...items, ...unsentItems(facts, now)] : items;
}

function unsentItems(facts: CampaignBegun, now: Temporal.Instant): DeskItem[] {
  const { client, campaign, timezone, starts, ends, isUnfinished, asked } = facts;
  const today = now.toZonedDateTimeISO(timezone).toPlainDate();
  const item = (urgency: Urgency, text: string, verb: string, day?: string): DeskItem[] => [
    { client, about: campaign, urgency, text, next: `sec ${verb} ${client} ${campaign}`, day },
  ];
  const until = (day: string | undefined) =>
    day === undefined ? undefined : daysBetween(today, Temporal.PlainDate.from(day));
  const [toStart = 0, toEnd] = [until(starts), until(ends)];
  if (toEnd !== undefined && toEnd < 0) {
    if (toEnd < -MISSED_DAYS) return [];
    return item('failing', `It ended on ${ends} and was never sent.`, 'promo status', ends);
  }
  const approvals = approvalItems({ client, about: campaign, timezone, asked }, now);
  if (toStart > SOON_DAYS) return approvals;
  if (isUnfinished)
    return [
      ...approvals,
      ...item('waiting', 'The brief is still to be filled in (✎).', 'promo check', starts),
    ];
  if (toStart > 0)
    return [...approvals, ...item('coming', `It may go out from ${starts} on.`, 'promo check', starts)];
  if (isHeldBack(facts, now)) return approvals;
  const yes = approvedBy(asked);
  const may = `It may go out now${ends === undefined ? '' : `, until ${ends}`}`;
  if (facts.needsApproval && yes === undefined)
    return [...approvals, ...item('due', `${may}, once the client approves it.`, 'approval request', ends)];
  return [
    ...approvals,
    ...item('due', `${may}${yes === undefined ? '' : `: ${yes} approved it`}.`, 'promo send', ends),
  ];
}

const people = (n: number) => (n === 1 ? '1 recipient' : `${n.toLocaleString('en')} recipients`);
