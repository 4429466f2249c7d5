import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../../core/digest.ts';
import { type EventKind, type MailEvent, withoutAddresses } from './event.ts';
import { isMailboxGone, statusCodeIn } from './status-code.ts';
import { campaignOf, isRecipientId } from './whose.ts';

/** An event as the webhook tells it (docs.sendgrid.com, "Event Webhook Reference"); other keys are left alone. */
const told = z.object({
  event: z.string(),
  timestamp: z.number(),
  sg_message_id: z.string().default(''),
  type: z.string().default(''),
  reason: z.string().default(''),
  response: z.string().default(''),
  status: z.string().default(''),
  sec_recipient: z.string().optional(),
  sec_message: z.string().optional(),
});
type Told = z.output<typeof told>;

const kinds: Readonly<Record<string, EventKind>> = {
  delivered: 'delivered',
  deferred: 'deferred',
  bounce: 'bounced',
  dropped: 'bounced',
  spamreport: 'complained',
  unsubscribe: 'unsubscribed',
  group_unsubscribe: 'unsubscribed',
};

/** What one post of the webhook holds. */
export interface Understood {
  readonly events: readonly MailEvent[];
  /** Entries that are of no sec, such as other mail of the same account, or of a kind that says nothing here. */
  readonly foreign: number;
}

/**
 * Reads a post of SendGrid's Event Webhook. Only entries with sec's own arguments count, for this client and one
 * of its campaigns: whatever else goes through the same account is foreign.
 *
 * @param body the raw body, already verified
 * @returns undefined for what is no such post
 */
export function readSendGridEvents(
  body: string,
  { client, campaigns }: { readonly client: string; readonly campaigns: readonly string[] },
): Understood | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!Array.isArray(json)) return undefined;
  const events = json.flatMap((entry) => {
    const read = told.safeParse(entry);
    const event = read.success ? eventOf(read.data, client, campaigns) : undefined;
    return event ? [event] : [];
  });
  return { events, foreign: json.length - events.length };
}

function eventOf(entry: Told, client: string, campaigns: readonly string[]): MailEvent | undefined {
  const { event, timestamp, sg_message_id, sec_recipient: recipient, sec_message: token } = entry;
  const kind = Object.hasOwn(kinds, event) ? kinds[event] : undefined;
  if (!kind || recipient === undefined || token === undefined || !isRecipientId(recipient)) return undefined;
  const campaign = campaignOf(client, campaigns, recipient, token);
  if (campaign === undefined) return undefined;
  const words = entry.reason || entry.response;
  return {
    id: sha256(`sendgrid\n${sg_message_id}\n${recipient}\n${event}\n${timestamp}`),
    kind,
    at: Temporal.Instant.fromEpochMilliseconds(Math.round(timestamp * 1000)),
    campaign,
    recipient,
    ...(kind === 'bounced' || kind === 'deferred' ? { reason: withoutAddresses(words) } : {}),
    ...(kind === 'bounced' ? { isGone: isGone(entry) } : {}),
  };
}

/** `blocked` is about the sender or the moment; `dropped` repeats what an earlier bounce or complaint said. */
function isGone({ event, type, reason, status }: Told): boolean {
  if (event === 'dropped') return /^bounced address|^invalid/i.test(reason);
  if (type === 'blocked') return false;
  return isMailboxGone(statusCodeIn(status) ?? statusCodeIn(reason));
}

/**
 * Whether a post was signed by the account whose public key this is: ECDSA over the timestamp and the raw body
 * (docs.sendgrid.com, "Getting Started with the Event Webhook Security Features").
 *
 * @param publicKey base64 of the DER, as SendGrid shows it
 */
export function isSignedBySendGrid(
  publicKey: string,
  {
    signature,
    timestamp,
    body,
  }: { readonly signature: string; readonly timestamp: string; readonly body: Uint8Array },
): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    return verify('sha256', signed, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
