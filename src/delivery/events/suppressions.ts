import { z } from 'zod';
import { sha256 } from '../../core/digest.ts';
import type { Delivery } from '../ledger.ts';
import { type EventKind, type MailEvent, withoutAddresses } from './event.ts';
import { isMailboxGone, statusCodeIn } from './status-code.ts';

/** SendGrid's own lists of those it writes to no more, and what standing on one of them means. */
export const SUPPRESSION_LISTS = {
  bounces: 'bounced',
  blocks: 'bounced',
  invalid_emails: 'bounced',
  spam_reports: 'complained',
  unsubscribes: 'unsubscribed',
} as const satisfies Readonly<Record<string, EventKind>>;

export type SuppressionList = keyof typeof SUPPRESSION_LISTS;

/** One entry of such a list (https://www.twilio.com/docs/sendgrid/api-reference/bounces-api/retrieve-all-bounces). */
const listed = z.object({
  /** Epoch seconds. */
  created: z.number(),
  email: z.string(),
  reason: z.string().default(''),
  status: z.string().default(''),
});
export type Listed = z.output<typeof listed>;

/** Undefined for what is no such entry. */
export const readListed = (entry: unknown): Listed | undefined => listed.safeParse(entry).data;

/** SendGrid's clock may be behind ours by so much. */
const SKEW = Temporal.Duration.from({ minutes: 10 });

/**
 * What an entry says of a client's mail. The lists are the account's, which others may share: only somebody whom the
 * client had written to by then counts, and it is told of the last campaign before.
 *
 * @param deliveries what the client's ledger keeps of this person, in its order
 * @returns undefined for somebody whom this client's sec had not written to
 */
export function listedEvent(
  list: SuppressionList,
  { created, reason, status }: Listed,
  recipient: string,
  deliveries: readonly Delivery[],
): MailEvent | undefined {
  const at = Temporal.Instant.fromEpochMilliseconds(created * 1000);
  const before = deliveries.filter(
    (one) =>
      (one.state === 'accepted' || one.state === 'inDoubt') &&
      Temporal.Instant.compare(one.at, at.add(SKEW)) <= 0,
  );
  const last = before.sort((one, other) => Temporal.Instant.compare(one.at, other.at)).at(-1);
  if (!last) return undefined;
  const kind = SUPPRESSION_LISTS[list];
  const event = { id: sha256(`sendgrid ${list}\n${recipient}\n${created}`), kind, at, recipient };
  const told = { ...event, campaign: last.campaign };
  if (kind !== 'bounced') return told;
  return { ...told, reason: withoutAddresses(reason), isGone: isGone(list, status, reason) };
}

/** A block is about the sender or the moment; an invalid address was never one. */
function isGone(list: SuppressionList, status: string, reason: string): boolean {
  if (list === 'blocks') return false;
  return list === 'invalid_emails' || isMailboxGone(statusCodeIn(status) ?? statusCodeIn(reason));
}
