import type sendgrid from '@sendgrid/mail';
import type { Message } from '../../../campaign/message.ts';
import { asciiAddress } from '../../../delivery/mime/mailbox.ts';
import type { Mail } from '../../../delivery/transport.ts';
import { type Content, ownContent, type SharedContent, shareContent } from './substitution.ts';

/** Recipients and personalizations of one request (Twilio SendGrid, Mail Send, limitations). */
export const PERSONALIZATIONS = 1000;

/** One request as @sendgrid/mail takes it. */
type MailData = Exclude<Parameters<typeof sendgrid.send>[0], readonly unknown[]>;

/** One request to come, and whose mails are in it, by their place in the batch. */
export interface PlannedRequest {
  readonly places: readonly number[];
  readonly data: MailData;
}

/**
 * Draws a batch together into as few requests as the limits allow: one for each message, a separate one for each
 * recipient whose own values are too long to be substituted.
 *
 * @param places which mails of the batch, by place
 */
export function planRequests(batch: readonly Mail[], places: readonly number[]): PlannedRequest[] {
  const shared = new Map<Message, { content: SharedContent; places: number[]; people: Person[] }>();
  const alone: PlannedRequest[] = [];
  for (const place of places) {
    const mail = batch[place];
    if (!mail) continue;
    const { message } = mail;
    const group = shared.get(message) ?? { content: shareContent(message), places: [], people: [] };
    shared.set(message, group);
    const substitutions = group.content.valuesFor(mail);
    if (substitutions) {
      group.places.push(place);
      group.people.push(person(mail, substitutions));
    } else alone.push({ places: [place], data: requestData(message, ownContent(mail), [person(mail, {})]) });
  }
  const together = [...shared]
    .filter(([, group]) => group.places.length > 0)
    .map(([message, group]) => ({
      places: group.places,
      data: requestData(message, group.content, group.people),
    }));
  return [...together, ...alone];
}

type Person = NonNullable<MailData['personalizations']>[number];

/** Custom arguments are kept by the provider and cannot be taken back: opaque ids only. */
function person(
  { recipient, fields, messageId }: Mail,
  substitutions: Readonly<Record<string, string>>,
): Person {
  return {
    to: { email: recipient.address },
    headers: unsubscribeHeaders(fields.unsubscribe_url ?? ''),
    customArgs: { sec_recipient: recipient.id, sec_message: messageId.split('@')[0] ?? '' },
    substitutions: { ...substitutions },
  };
}

/** One click only where a server takes it (RFC 8058 §3.1); a mailto address is written to by a person. */
const unsubscribeHeaders = (url: string): Record<string, string> => ({
  'List-Unsubscribe': `<${url}>`,
  ...(url.startsWith('https://') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
});

function requestData(message: Message, content: Content, personalizations: Person[]): MailData {
  const { from, replyTo, attachments, tracking } = message;
  return {
    from: { name: from.name, email: asciiAddress(from.email) },
    ...(replyTo === undefined ? {} : { replyTo: { email: asciiAddress(replyTo) } }),
    subject: content.subject,
    content: [
      { type: 'text/plain', value: content.text },
      { type: 'text/html', value: content.html },
    ],
    attachments: attachments.map(({ filename, contentType, content: bytes, cid }) => ({
      filename,
      type: contentType,
      content: Buffer.from(bytes).toString('base64'),
      disposition: cid === undefined ? 'attachment' : 'inline',
      ...(cid === undefined ? {} : { contentId: cid }),
    })),
    substitutionWrappers: ['', ''],
    // Said each time: the account's own setting would count where nothing is said.
    trackingSettings: {
      clickTracking: { enable: tracking?.clicks ?? false, enableText: false },
      openTracking: { enable: tracking?.opens ?? false },
    },
    personalizations,
  };
}
