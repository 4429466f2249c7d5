import type { Recipient } from '../audience/audience.ts';
import type { Message } from '../campaign/message.ts';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/digest.ts';
import type { Signer } from './mime/dkim.ts';
import { wholeOf } from './mime/form.ts';
import { asciiDomain } from './mime/mailbox.ts';
import { type PreparedMessage, prepare } from './mime/prepare.ts';
import type { Mail } from './transport.ts';

/** Makes the mail for one recipient after another, with the fields that are sec's own: `email`, `recipient_id`, `unsubscribe_url`. */
export interface Mailroom {
  mailFor(recipient: Recipient): Mail;
}

export interface MailroomOptions {
  /** Signs what goes out, where the client has a key. */
  readonly signer?: Signer | undefined;
  /** Where a recipient says at the press of a button to be left alone (RFC 8058); a mail to the client unless said. */
  readonly unsubscribeUrl?: ((message: Message, recipient: Recipient) => string) | undefined;
}

/**
 * @param messages by language; the first one is for everybody whose language has none
 */
export function openMailroom(
  messages: ReadonlyMap<string, Message>,
  clock: Clock,
  { signer, unsubscribeUrl = unsubscribeMail }: MailroomOptions = {},
): Mailroom {
  const prepared = new Map<Message, PreparedMessage>();
  const prepareOnce = (message: Message) => {
    const known = prepared.get(message) ?? prepare(message);
    prepared.set(message, known);
    return known;
  };
  return {
    mailFor(recipient) {
      const message = messageFor(messages, recipient);
      const fields = {
        ...recipient.fields,
        email: recipient.address,
        recipient_id: recipient.id,
        unsubscribe_url: unsubscribeUrl(message, recipient),
      };
      const messageId = messageIdFor(message, recipient);
      const order = () => ({ address: recipient.address, fields, messageId, date: clock.now() });
      const plain = () => prepareOnce(message).compose(order());
      const signed = signer ? () => prepareOnce(message).composeSigned(order(), signer) : plain;
      return { recipient, message, fields, messageId, bytes: () => wholeOf(plain()), signed };
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

/** A mail to the client that asks to be left alone (RFC 2369): `mailto:news@example.com?subject=unsubscribe%20<id>`. */
function unsubscribeMail({ unsubscribeMailbox }: Message, { id }: Recipient): string {
  const mailbox = encodeURIComponent(unsubscribeMailbox).replace('%40', '@');
  return `mailto:${mailbox}?subject=unsubscribe%20${encodeURIComponent(id)}`;
}

/** Stable per campaign and recipient, so that a mail box can recognise a copy. Tells nothing of either. */
function messageIdFor({ client, campaign, from }: Message, { id }: Recipient): string {
  const domain = from.email.slice(from.email.lastIndexOf('@') + 1);
  return `${sha256(`${client}\n${campaign}\n${id}`).slice(0, 40)}@${asciiDomain(domain)}`;
}
