import type { Email } from 'postal-mime';
import { sha256 } from '../../core/digest.ts';
import { type EventKind, type MailEvent, withoutAddresses } from './event.ts';
import { type Fields, fieldGroups } from './fields.ts';
import { isMailboxGone, statusCodeIn } from './status-code.ts';
import { campaignOf, isRecipientId } from './whose.ts';

/** Whose mail it may have been. */
export interface Owner {
  readonly client: string;
  readonly campaigns: readonly string[];
  /** The id of an address, under the client's key; undefined for what is none. */
  idOf(address: string): string | undefined;
  readonly now: Temporal.Instant;
}

/** What a mail in the client's mailbox turned out to be. */
export type Returned =
  | { readonly kind: 'event'; readonly event: MailEvent }
  /** A bounce or complaint, but not about a mail that this client's sec has sent. */
  | { readonly kind: 'foreign' }
  /** Some other mail: a person's answer, an out-of-office note. */
  | { readonly kind: 'other' };

/**
 * Reads a mail that came back or that asks for something: a delivery status notification (RFC 3464), a complaint
 * (ARF, RFC 5965), or the mail that "unsubscribe" writes. A bounce counts only with the Message-ID of a copy
 * that was sent to that very recipient: nobody can have somebody else taken off a list by forging one.
 */
export function readReturnedMail(mail: Email, owner: Owner): Returned {
  const report = textOf(mail, 'message/delivery-status');
  if (report !== undefined) return bounce(mail, fieldGroups(report), owner);
  const feedback = textOf(mail, 'message/feedback-report');
  if (feedback !== undefined) return complaint(mail, fieldGroups(feedback)[0] ?? {}, owner);
  return unsubscription(mail, owner);
}

function bounce(mail: Email, [, ...perRecipient]: readonly Fields[], owner: Owner): Returned {
  const failed = perRecipient.find(({ action }) => action?.toLowerCase() === 'failed');
  if (!failed) return { kind: 'other' };
  const words = failed['diagnostic-code'] ?? failed.status ?? '';
  const code = statusCodeIn(failed.status ?? '') ?? statusCodeIn(words);
  return eventAbout(mail, failed, owner, 'bounced', {
    reason: withoutAddresses(words.replace(/^\s*smtp\s*;\s*/i, '')),
    isGone: isMailboxGone(code),
  });
}

function complaint(mail: Email, feedback: Fields, owner: Owner): Returned {
  const asksToStop = /^opt-out/i.test(feedback['feedback-type'] ?? '');
  return eventAbout(mail, feedback, owner, asksToStop ? 'unsubscribed' : 'complained', {});
}

/** `unsubscribe <id>`, as the mailto link writes the subject; some programs put a "Re:" before it. */
function unsubscription({ subject = '', messageId, date }: Email, { now }: Owner): Returned {
  const id = /^\s*(?:re:\s*)?unsubscribe\s+(\S+)\s*$/i.exec(subject)?.[1];
  if (id === undefined || !isRecipientId(id)) return { kind: 'other' };
  return {
    kind: 'event',
    event: {
      id: sha256(`mail\n${messageId ?? ''}\n${id}\nunsubscribed`),
      kind: 'unsubscribed',
      at: momentOf(date, now),
      recipient: id,
    },
  };
}

function eventAbout(
  mail: Email,
  fields: Fields,
  owner: Owner,
  kind: EventKind,
  more: Pick<MailEvent, 'reason' | 'isGone'>,
): Returned {
  const original = originalFields(mail);
  const token = /<?([0-9a-f]{40})@/.exec(original['message-id'] ?? '')?.[1];
  const people = [unsubscribeId(original), ...addressIds(fields, original, owner)];
  for (const recipient of people) {
    if (recipient === undefined || token === undefined) continue;
    const campaign = campaignOf(owner.client, owner.campaigns, recipient, token);
    if (campaign === undefined) continue;
    const id = sha256(`mail\n${mail.messageId ?? ''}\n${recipient}\n${kind}`);
    return {
      kind: 'event',
      event: { id, kind, at: momentOf(mail.date, owner.now), campaign, recipient, ...more },
    };
  }
  return { kind: 'foreign' };
}

/** The id stands in the header that sec gave the original. */
const unsubscribeId = (original: Fields): string | undefined =>
  /(?:subject=unsubscribe%20|\/u\/[a-z0-9-]+\/[a-z0-9-]+\/)([A-Za-z0-9_-]{22})/.exec(
    original['list-unsubscribe'] ?? '',
  )?.[1];

function addressIds(fields: Fields, original: Fields, { idOf }: Owner): (string | undefined)[] {
  const named = [
    fields['original-recipient'],
    fields['final-recipient'],
    fields['original-rcpt-to'],
    original.to,
  ];
  return named.map((text) => {
    const address = /[^\s<>;]+@[^\s<>;]+/.exec(text ?? '')?.[0];
    return address === undefined ? undefined : idOf(address);
  });
}

function originalFields(mail: Email): Fields {
  const text = textOf(mail, 'message/rfc822') ?? textOf(mail, 'text/rfc822-headers') ?? '';
  return fieldGroups(text)[0] ?? {};
}

function textOf({ attachments }: Email, type: string): string | undefined {
  const part = attachments.find(({ mimeType }) => mimeType.toLowerCase() === type);
  if (!part) return undefined;
  return typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content);
}

/** A mail's own date, unless it lies in the future or is none. */
function momentOf(date: string | undefined, now: Temporal.Instant): Temporal.Instant {
  const ms = Date.parse(date ?? '');
  if (Number.isNaN(ms) || ms > now.epochMilliseconds) return now;
  return Temporal.Instant.fromEpochMilliseconds(ms);
}
