import type { Recipient } from '../../audience/audience.ts';
import type { CampaignRecord, Delivery, Departing, Doubt } from '../../delivery/ledger.ts';
import { RECALLED, type RecipientState, type Standing } from '../../delivery/state.ts';
import { nobody, type Tally } from '../../delivery/tally.ts';
import { controlIn, stateIn, textsIn } from './damage.ts';
import { momentIn } from './moment.ts';

/** A row as a driver hands it out: numbers may come as texts. */
export type Row = Readonly<Record<string, unknown>>;

export function campaignRecord(row: Row): CampaignRecord {
  return {
    campaign: String(row.name),
    list: String(row.list),
    basis: row.basis === 'consent' ? 'consent' : 'customer',
    messages: textsIn(row.messages),
    frozenAt: momentIn(row.frozen),
    control: controlIn(row.control),
    requests: Number(row.requests),
    scheduledFor: row.scheduled == null ? undefined : momentIn(row.scheduled),
    batch: textOrNull(row.batch) ?? undefined,
    recalled: Number(row.recalled),
  };
}

/** Those whom a server refused; not those who were called back. */
export const REFUSED = `state = 'rejected' AND reason IS DISTINCT FROM '${RECALLED}'`;

/** What `tallyOf` reads. @param campaign where its number stands among the parameters */
export const COUNT = (campaign: string) =>
  `SELECT state, CASE state WHEN 'excluded' THEN reason END AS reason, count(*) AS n
   FROM delivery WHERE campaign = ${campaign} GROUP BY 1, 2`;

/** What `departingOf` reads. */
export const SPAN = 'count(*) AS n, min(leaves) AS first, max(leaves) AS last';

export function departingOf(row: Row | undefined): Departing {
  const moment = (value: unknown) => (value == null ? undefined : momentIn(value));
  return { count: Number(row?.n ?? 0), first: moment(row?.first), last: moment(row?.last) };
}

export const recipientOf = (row: Row): Recipient & { language: string } => ({
  id: String(row.recipient),
  address: String(row.address),
  key: String(row.key),
  fields: textsIn(row.fields),
  language: String(row.language),
});

export function standing(row: Row): Standing {
  return {
    state: stateIn(row.state),
    attempt: Number(row.attempt),
    due: Number(row.due),
    reason: textOrNull(row.reason),
    providerId: textOrNull(row.provider),
  };
}

/** @param row a delivery, with its campaign's name, list and basis */
export function deliveryOf(row: Row): Delivery {
  const { state, reason } = standing(row);
  return {
    campaign: String(row.name),
    list: String(row.list),
    basis: row.basis === 'consent' ? 'consent' : 'customer',
    address: textOrNull(row.address),
    fields: textsIn(row.fields),
    language: String(row.language),
    ...{ state, reason },
    at: momentIn(row.changed),
  };
}

export function doubt(row: Row): Doubt {
  return {
    id: String(row.recipient),
    address: String(row.address ?? ''),
    reason: String(row.reason ?? ''),
    since: momentIn(row.changed),
  };
}

/** @param rows state, reason of the excluded, and how many */
export function tallyOf(candidates: number, rows: readonly Row[]): Tally {
  const of = (state: RecipientState) =>
    rows.filter((row) => row.state === state).reduce((sum, row) => sum + Number(row.n), 0);
  const excluded = { ...nobody.excluded };
  for (const row of rows) {
    if (row.state === 'excluded') excluded[row.reason as keyof typeof excluded] += Number(row.n);
  }
  return {
    candidates,
    excluded,
    planned: of('planned'),
    sending: of('sending'),
    accepted: of('accepted'),
    rejected: of('rejected'),
    inDoubt: of('inDoubt'),
  };
}

export const textOrNull = (value: unknown) => (value == null ? null : String(value));
