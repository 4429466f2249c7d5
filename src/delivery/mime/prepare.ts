import type { MergeFields, Message } from '../../campaign/message.ts';
import { headerDate } from './date.ts';
import type { Signer } from './dkim.ts';
import { headerText } from './encoded-word.ts';
import { entryOf, type FilledForm, FormLayout, wholeOf } from './form.ts';
import { angle, asciiAddress, asciiDomain, mailboxText, phraseText } from './mailbox.ts';
import { attachmentPart, multipart, type Part } from './parts.ts';
import { filled, layOutBody } from './slots.ts';

interface ComposeFor {
  readonly address: string;
  readonly fields: MergeFields;
  readonly messageId: string;
  readonly date: Temporal.Instant;
}

export interface PreparedMessage {
  /** The message for one recipient (RFC 5322, CRLF, exactly one mailbox in To). @throws TypeError for an address that `isWritable` refuses */
  compose(recipient: ComposeFor): FilledForm;
  /** The same with a signature before it. */
  composeSigned(recipient: ComposeFor, signer: Signer): Promise<FilledForm>;
}

/**
 * Does once what is the same for everybody: headers, the shared parts of the bodies, attachments. The boundaries
 * begin with "=_", which quoted-printable and base64 never produce, so no content can end a part.
 */
export function prepare(message: Message): PreparedMessage {
  const boundary = (kind: string) => `=_${kind}_${message.digest.slice(0, 24)}`;
  const shared = sharedHeaders(message);
  const subject = subjectOf(message);

  const alternative = multipart('alternative', boundary('alt'));
  const related = multipart('related', boundary('rel'));
  const mixed = multipart('mixed', boundary('mix'));
  const inline = message.attachments.filter(({ cid }) => cid !== undefined).map(attachmentPart);
  const attached = message.attachments.filter(({ cid }) => cid === undefined).map(attachmentPart);

  const outer = attached.length > 0 ? mixed.head : alternative.head;
  const layout = new FormLayout();
  const same = (text: string) => layout.shared(Buffer.from(text, 'latin1'));
  same((attached.length > 0 ? mixed.open(alternative.head) : '') + alternative.open(TEXT));
  layOutBody(message.text, layout);
  same(alternative.next);
  same(inline.length > 0 ? alternative.open(related.head) + related.open(HTML) : alternative.open(HTML));
  layOutBody(message.html, layout);
  same(inline.length > 0 ? closeWith(related, inline) : '');
  same(alternative.end);
  same(attached.length > 0 ? closeWith(mixed, attached) : '');
  const { form, fill } = layout.done();
  const dateOf = rememberLast(headerDate);

  const headersFor = ({ address, fields, messageId, date }: ComposeFor) =>
    `${shared}To: ${angle(address)}\r\nSubject: ${subject(fields)}\r\nDate: ${dateOf(date)}\r\n` +
    `Message-ID: <${messageId}>\r\n${unsubscribeHeaders(fields.unsubscribe_url)}MIME-Version: 1.0\r\n${outer}\r\n`;
  const withHeaders = (headers: string, [first = '', ...rest]: readonly string[]): FilledForm => ({
    form,
    entries: [`${entryOf(headers)}\r\n${first}`, ...rest],
  });

  return {
    compose: (recipient) => withHeaders(headersFor(recipient), fill(recipient.fields)),
    async composeSigned(recipient, signer) {
      const headers = headersFor(recipient);
      const entries = fill(recipient.fields);
      const signature = await signer.signature(headers, wholeOf({ form, entries }), recipient.date);
      return withHeaders(signature + headers, entries);
    },
  };
}

/** A header's date has no fractions: a thousand messages of one second share it. */
function rememberLast(make: (at: Temporal.Instant) => string): (at: Temporal.Instant) => string {
  let second = Number.NaN;
  let last = '';
  return (at) => {
    const now = Math.floor(at.epochMilliseconds / 1000);
    if (now !== second) {
      last = make(at);
      second = now;
    }
    return last;
  };
}

const TEXT = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable';
const HTML = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable';

function sharedHeaders({ from, replyTo, client }: Message): string {
  const domain = asciiDomain(from.email.slice(from.email.lastIndexOf('@') + 1));
  const listId = `${client.replace(/[^\w-]/g, '-')}.${domain}`;
  return (
    `From: ${mailboxText(from, 6)}\r\n` +
    (replyTo === undefined ? '' : `Reply-To: ${angle(asciiAddress(replyTo))}\r\n`) +
    `List-ID: ${phraseText(from.name, 9)}\r\n <${listId}>\r\n`
  );
}

function subjectOf({ subject }: Message): (fields: MergeFields) => string {
  if (subject.slots.length > 0) return (fields) => headerText(filled(subject, fields), 9);
  const same = headerText(subject.statics[0] ?? '', 9);
  return () => same;
}

/** How to be left alone: at a press of a button where there is an address for that (RFC 8058), else by a mail (RFC 2369). */
function unsubscribeHeaders(url: string | undefined): string {
  const clean = (url ?? '').replace(/[^\x21-\x3b\x3d\x3f-\x7e]/g, '');
  const press = clean.startsWith('https://') ? 'List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n' : '';
  return `List-Unsubscribe: <${clean}>\r\n${press}`;
}

/** The remaining parts and the end of a multipart whose first part stands already. */
function closeWith(frame: ReturnType<typeof multipart>, parts: readonly Part[]): string {
  return parts.map(({ head, body }) => `\r\n${frame.open(head)}${body}`).join('') + frame.end;
}
