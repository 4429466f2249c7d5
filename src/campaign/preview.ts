import type { Recipient } from '../audience/audience.ts';
import { fillSlots, type MergeFields, type Message } from './message.ts';
import { systemFields } from './template/merge-fields.ts';

/** A message as one person would see it, with everything that it needs inside it. */
export interface Preview {
  readonly language: string;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | undefined;
  readonly subject: string;
  /** Pictures stand in it as data, so that it can be looked at without a mail program. */
  readonly html: string;
  readonly text: string;
  /** Bytes of the HTML as it is sent, which decides whether Gmail cuts it off. */
  readonly htmlBytes: number;
  /** Bytes of the pictures that go with it. */
  readonly pictureBytes: number;
  readonly links: readonly string[];
}

/**
 * Renders a message for a person of the list, or for nobody in particular: then fields with a fallback show
 * it, and the others show their own name.
 */
export function renderPreview(message: Message, recipient?: Pick<Recipient, 'address' | 'fields'>): Preview {
  const fields = previewFields(message, recipient);
  const html = fillSlots(message.html, fields);
  const links = [...html.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)].map(([, href = '']) => decode(href));
  return {
    language: message.language,
    from: `${message.from.name} <${message.from.email}>`,
    to: recipient?.address ?? 'somebody on the list',
    replyTo: message.replyTo,
    subject: fillSlots(message.subject, fields),
    html: message.attachments.reduce((whole, { cid, contentType, content }) => {
      const data = `data:${contentType};base64,${Buffer.from(content).toString('base64')}`;
      return cid === undefined ? whole : whole.replaceAll(`cid:${cid}`, data);
    }, html),
    text: fillSlots(message.text, fields),
    htmlBytes: Buffer.byteLength(html),
    pictureBytes: message.attachments.reduce((sum, { content }) => sum + content.length, 0),
    links: [...new Set(links)],
  };
}

/** The same HTML as a mailbox in light or dark colours would show it, whatever the browser around it prefers. */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  return html.replace(
    /@media\s*\(prefers-color-scheme:\s*dark\)/g,
    scheme === 'dark' ? '@media all' : '@media not all',
  );
}

function previewFields(
  message: Message,
  recipient: Pick<Recipient, 'address' | 'fields'> | undefined,
): MergeFields {
  const needed = new Set((message.uses ?? []).filter(({ fallback }) => !fallback).map(({ name }) => name));
  const missing = message.fields
    .filter((name) => !systemFields.includes(name))
    .map((name) => [name, recipient || needed.has(name) ? `«${name}»` : ''] as const);
  return {
    ...Object.fromEntries(missing),
    ...recipient?.fields,
    email: recipient?.address ?? 'anna@example.com',
    recipient_id: 'preview',
    unsubscribe_url: `mailto:${message.unsubscribeMailbox}?subject=unsubscribe%20preview`,
  };
}

const decode = (html: string) =>
  html
    .replace(/&#x3D;/g, '=')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
