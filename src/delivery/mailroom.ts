import type { Recipient } from '../audience/audience.ts';
import type { MergeFields, Message } from '../campaign/message.ts';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/digest.ts';
import { asciiDomain } from './mime/mailbox.ts';
import { type PreparedMessage, prepare } from './mime/prepare.ts';
import type { Mail } from './transport.ts';

/** Makes the mail for one recipient after another. */
export interface Mailroom {
  mailFor(recipient: Recipient): Mail;
}

/**
 * @param messages by language; the first one is for everybody whose language has none
 */
export function openMailroom(messages: ReadonlyMap<string, Message>, clock: Clock): Mailroom {
  const prepared = new Map<Message, PreparedMessage>();
  const prepareOnce = (message: Message) => {
    const known = prepared.get(message) ?? prepare(message);
    prepared.set(message, known);
    return known;
  };
  return {
    mailFor(recipient) {
      const message = messageFor(messages, recipient);
      const fields = mergeFields(message, recipient);
      const messageId = messageIdFor(message, recipient);
      return {
        recipient,
        message,
        fields,
        messageId,
        bytes: () =>
          prepareOnce(message).compose({ address: recipient.address, fields, messageId, date: clock.now() }),
      };
    },
  };
}

/** The message in the recipient's language, else in that language with another region or none, else the first. */
export function messageFor(messages: ReadonlyMap<string, Message>, { language }: Recipient): Message {
  const own = language === undefined ? undefined : (messages.get(language) ?? near(messages, language));
  const message = own ?? messages.values().next().value;
  if (!message) throw new TypeError('A mailing needs a message.');
  return message;
}

function near(messages: ReadonlyMap<string, Message>, language: string): Message | undefined {
  const bare = (code: string) => code.split('-', 1)[0];
  for (const [code, message] of messages) if (bare(code) === bare(language)) return message;
  return undefined;
}

/** The list's columns and what sec adds: `email`, `recipient_id`, `unsubscribe_url`. */
function mergeFields(message: Message, recipient: Recipient): MergeFields {
  return {
    ...recipient.fields,
    email: recipient.address,
    recipient_id: recipient.id,
    unsubscribe_url: unsubscribeUrl(message, recipient),
  };
}

/** A mail to the client that asks to be left alone (RFC 2369): `mailto:news@example.com?subject=unsubscribe%20<id>`. */
function unsubscribeUrl({ unsubscribeMailbox }: Message, { id }: Recipient): string {
  const mailbox = encodeURIComponent(unsubscribeMailbox).replace('%40', '@');
  return `mailto:${mailbox}?subject=unsubscribe%20${encodeURIComponent(id)}`;
}

/** Stable per campaign and recipient, so that a mail box can recognise a copy. Tells nothing of either. */
function messageIdFor({ client, campaign, from }: Message, { id }: Recipient): string {
  const domain = from.email.slice(from.email.lastIndexOf('@') + 1);
  return `${sha256(`${client}\n${campaign}\n${id}`).slice(0, 40)}@${asciiDomain(domain)}`;
}
