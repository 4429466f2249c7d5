import type { CampaignState } from '../delivery/receipt.ts';
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
  if (state === 'unsent') addUnsent(facts, now.toZonedDateTimeISO(facts.timezone).toPlainDate(), add);
  return items;
}

type Add = (urgency: Urgency, text: string, verb: string, day?: string) => void;

function addUnsent({ starts, ends, isUnfinished }: CampaignBegun, today: Temporal.PlainDate, add: Add): void {
  const until = (day: string | undefined) =>
    day === undefined ? undefined : daysBetween(today, Temporal.PlainDate.from(day));
  const [toStart = 0, toEnd] = [until(starts), until(ends)];
  if (toEnd !== undefined && toEnd < 0) {
    if (toEnd >= -MISSED_DAYS) add('failing', `It ended on ${ends} and was never sent.`, 'status', ends);
    return;
  }
  if (toStart > SOON_DAYS) return;
  if (isUnfinished) add('waiting', 'The brief is still to be filled in (✎).', 'check', starts);
  else if (toStart > 0) add('coming', `It may go out from ${starts} on.`, 'check', starts);
  else
    add('due', ends === undefined ? 'It may go out now.' : `It may go out now, until ${ends}.`, 'send', ends);
}

const people = (n: number) => (n === 1 ? '1 recipient' : `${n.toLocaleString('en')} recipients`);
