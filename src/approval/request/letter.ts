import type { Mailbox, Message, SlotText } from '../../campaign/message.ts';
import { digestOf } from '../../core/digest.ts';

export interface Letter {
  readonly client: string;
  /** What it is known by in the name of a file and of a message. */
  readonly name: string;
  readonly language: string;
  /** Whom an answer goes to, and under whose name it comes. */
  readonly office: Mailbox;
  /** The address that it is sent from. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail of the office to one person, the same words whoever reads it. */
export function letter({ client, name, language, office, from, subject, text, html }: Letter): Message {
  const visible = {
    client,
    campaign: name,
    language,
    from: { name: office.name, email: from },
    replyTo: office.email,
    unsubscribeMailbox: office.email,
  };
  return {
    ...visible,
    attachments: [],
    subject: still(subject),
    html: still(html),
    text: still(text),
    fields: [],
    digest: digestOf({ ...visible, subject, html, text }),
  };
}

const still = (text: string): SlotText => ({ statics: [text], slots: [] });
