import type { Recipient } from '../../src/audience/audience.ts';
import type { MergeFields, Message, SlotText } from '../../src/campaign/message.ts';
import { digestOf, sha256 } from '../../src/core/digest.ts';

/** `Hello {{first_name}}!` as a SlotText; `escape` stands for what HTML slots do. */
export function slotText(template: string, escape = (text: string) => text): SlotText {
  const parts = template.split(/\{\{(\w+)\}\}/);
  return {
    statics: parts.filter((_, n) => n % 2 === 0),
    slots: parts
      .filter((_, n) => n % 2 === 1)
      .map((name) => (fields: MergeFields) => escape(fields[name] ?? '')),
  };
}

export const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

export function message(over: Partial<Message> = {}): Message {
  const made = {
    client: 'kaldi',
    campaign: 'spring',
    language: 'en',
    from: { name: 'Kaldi Coffee', email: 'news@kaldi.example' },
    subject: slotText('Spring blends, {{first_name}}'),
    html: slotText('<p>Hello {{first_name}}, <a href="{{unsubscribe_url}}">leave</a></p>\n', escapeHtml),
    text: slotText('Hello {{first_name}}, spring is here.\n\nLeave: {{unsubscribe_url}}\n'),
    attachments: [],
    unsubscribeMailbox: 'news@kaldi.example',
    fields: ['first_name'],
    ...over,
  };
  return {
    ...made,
    digest: over.digest ?? digestOf([made.subject.statics, made.html.statics, made.text.statics]),
  };
}

export function recipient(n: number | string, over: Partial<Recipient> = {}): Recipient {
  const address = `person${n}@example.com`;
  return {
    id: sha256(address).slice(0, 16),
    address,
    key: address,
    fields: { first_name: `Name ${n}` },
    ...over,
  };
}
