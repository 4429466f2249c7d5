import type { Digest } from '../core/digest.ts';

/** Merge fields of one recipient, plus what sec adds. */
export type MergeFields = Readonly<Record<string, string>>;

/** What sec itself adds for each recipient. */
export const systemFields: readonly string[] = ['email', 'recipient_id', 'unsubscribe_url'];

/**
 * A text compiled to slots: `statics[0] + slots[0](fields) + statics[1] + …`, so there is one static more
 * than there are slots. Statics are shared by all recipients; a slot is evaluated for each.
 */
export interface SlotText {
  readonly statics: readonly string[];
  readonly slots: readonly Slot[];
}

/** Evaluates one dynamic part. HTML slots escape what they insert. Throws only for a bug: fields were checked before. */
export type Slot = (fields: MergeFields) => string;

/** A file that goes with every message, or a picture that the HTML shows by `cid:`. */
export interface Attachment {
  readonly filename: string;
  /** A media type; a calendar's with its parameters. */
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly cid?: string;
}

/** What a provider may record of its readers. Both are off unless the client's policy turns them on. */
export interface Tracking {
  readonly opens: boolean;
  readonly clicks: boolean;
}

/** A picture that the HTML shows from the client's site, and what it was when the message was compiled. */
export interface HostedPicture {
  readonly url: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

export type FieldType = 'date' | 'money';

/** A merge field, and where in the brief or template it is used. */
export interface FieldUse {
  readonly name: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly line: number;
  /** The brief's field it stands in, where it is one. */
  readonly field?: string;
  /** Whether the text still reads well where the recipient's cell is empty. */
  readonly fallback: boolean;
  /** What a cell must hold to be shown as the text wants it; absent where any will do. */
  readonly type?: FieldType;
}

/** A campaign compiled for one language, before a recipient is merged in. */
export interface Message {
  readonly client: string;
  readonly campaign: string;
  readonly language: string;
  readonly from: Mailbox;
  readonly replyTo?: string;
  readonly subject: SlotText;
  readonly html: SlotText;
  /** The plain-text part, always there. */
  readonly text: SlotText;
  readonly attachments: readonly Attachment[];
  /** Pictures on the client's site: they are not sent, and whoever shows the message without the web needs them. */
  readonly hosted?: readonly HostedPicture[];
  /** What a provider may record; a transport that does not record leaves it alone. Off where it is absent. */
  readonly tracking?: Tracking;
  /** Address that an unsubscribe mail goes to (RFC 2369); the recipient's id is added to its subject. */
  readonly unsubscribeMailbox: string;
  /** Names of the merge fields that the slots use. */
  readonly fields: readonly string[];
  /** Where they are used, for messages that tell what to correct. */
  readonly uses?: readonly FieldUse[];
  /** SHA-256 over all that a recipient may see and all headers that are the same for everybody. */
  readonly digest: Digest;
}

/** The text for one recipient. */
export function fillSlots(text: SlotText, fields: MergeFields): string {
  let filled = text.statics[0] ?? '';
  for (const [n, slot] of text.slots.entries()) filled += slot(fields) + (text.statics[n + 1] ?? '');
  return filled;
}
