import type { Message, SlotText } from '../../../campaign/message.ts';
import { sha256 } from '../../../core/digest.ts';
import { filled } from '../../../delivery/mime/slots.ts';
import type { Mail } from '../../../delivery/transport.ts';

/** Bytes that the substitutions of one personalization may take (Twilio SendGrid, Mail Send, limitations). */
const SUBSTITUTION_BYTES = 10_000;

/** Subject and bodies as one request carries them. */
export interface Content {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message whose parts that differ are tags, for everybody in a request to share. */
export interface SharedContent extends Content {
  /** What stands for the tags in this one's mail; undefined where it must go in a request of its own. */
  valuesFor(mail: Mail): Readonly<Record<string, string>> | undefined;
}

/**
 * Puts a tag in the place of each slot. The tags begin with a word that the message does not contain, so nothing
 * but a slot is ever replaced; a recipient whose own values contain it shares nothing with others.
 */
export function shareContent(message: Message): SharedContent {
  const mark = freeMark(message);
  const tag = (part: string, n: number) => `${mark}${part}${n}-`;
  const withTags = ({ statics }: SlotText, part: string) =>
    statics.map((text, n) => (n === 0 ? text : tag(part, n - 1) + text)).join('');
  return {
    subject: oneLine(withTags(message.subject, 's')),
    text: withTags(message.text, 't'),
    html: withTags(message.html, 'h'),
    valuesFor({ fields }) {
      const values: Record<string, string> = {};
      for (const [n, slot] of message.subject.slots.entries()) values[tag('s', n)] = oneLine(slot(fields));
      for (const [n, slot] of message.text.slots.entries()) values[tag('t', n)] = slot(fields);
      for (const [n, slot] of message.html.slots.entries()) values[tag('h', n)] = slot(fields);
      const isClean = Object.values(values).every((value) => !value.includes(mark));
      const bytes = Buffer.byteLength(JSON.stringify(values));
      return isClean && bytes <= SUBSTITUTION_BYTES ? values : undefined;
    },
  };
}

/** The whole content for one recipient, without tags. */
export function ownContent({ message, fields }: Mail): Content {
  return {
    subject: oneLine(filled(message.subject, fields)).trim(),
    text: filled(message.text, fields),
    html: filled(message.html, fields),
  };
}

function freeMark({ digest, subject, text, html }: Message): string {
  const statics = [subject, text, html].flatMap((part) => part.statics).join('\n');
  for (let n = 0; ; n++) {
    const mark = `-sec${sha256(`${digest} ${n}`).slice(0, 8)}`;
    if (!statics.includes(mark)) return mark;
  }
}

const oneLine = (text: string) => text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ');
