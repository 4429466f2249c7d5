import { fillSlots, type MergeFields, type Message, systemFields } from './message.ts';

/** A message as one person would see it, with everything that it needs inside it. */
export interface Preview {
  readonly language: string;
  /** `Kaldi Coffee <news@kaldi.example>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Pictures stand in it as data, so that it can be looked at without a mail program. */
  readonly html: string;
  readonly text: string;
  /** Bytes of the HTML as it is sent, which decides whether Gmail cuts it off. */
  readonly htmlBytes: number;
  /** The whole mail as it goes out (RFC 5322). */
  readonly eml: Uint8Array;
  readonly links: readonly string[];
}

/** @param fields the recipient's, with what sec adds @param eml the mail that was made from the same fields */
export function renderPreview(message: Message, fields: MergeFields, eml: Uint8Array): Preview {
  const html = fillSlots(message.html, fields);
  const links = [...html.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)].map(([, href = '']) => decode(href));
  return {
    language: message.language,
    from: `${message.from.name} <${message.from.email}>`,
    to: fields.email ?? '',
    subject: fillSlots(message.subject, fields),
    html: message.attachments.reduce((whole, { cid, contentType, content }) => {
      const data = `data:${contentType};base64,${Buffer.from(content).toString('base64')}`;
      return cid === undefined ? whole : whole.replaceAll(`cid:${cid}`, data);
    }, html),
    text: fillSlots(message.text, fields),
    htmlBytes: Buffer.byteLength(html),
    eml,
    links: [...new Set(links)],
  };
}

/**
 * Columns for a message that is shown to nobody in particular, or whose list lacks some: a field with a fallback
 * is empty and shows it, another shows its own name.
 */
export function sampleFields(message: Message): MergeFields {
  const needed = new Set((message.uses ?? []).filter(({ fallback }) => !fallback).map(({ name }) => name));
  const own = message.fields.filter((name) => !systemFields.includes(name));
  return Object.fromEntries(own.map((name) => [name, needed.has(name) ? `«${name}»` : '']));
}

/** The same HTML as a mailbox in light or dark colours would show it, whatever the browser around it prefers. */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  return html.replace(
    /@media\s*\(prefers-color-scheme:\s*dark\)/g,
    scheme === 'dark' ? '@media all' : '@media not all',
  );
}

const decode = (html: string) =>
  html
    .replace(/&#x3D;/g, '=')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
