import { fillSlots, type MergeFields, type Message, systemFields } from './message.ts';
import type { Reader } from './preview-readers.ts';

/** A message as one person would see it, with everything that it needs inside it. */
export interface Preview {
  readonly language: string;
  /** `Kaldi Coffee <news@kaldi.example>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** What a mailbox shows behind the subject. */
  readonly preheader: string;
  /** Pictures of the campaign stand in it as data, so that it can be looked at without a mail program. */
  readonly html: string;
  readonly text: string;
  /** Bytes of the HTML as it is sent, which decides whether Gmail cuts it off. */
  readonly htmlBytes: number;
  /** The whole mail as it goes out (RFC 5322). */
  readonly eml: Uint8Array;
  readonly links: readonly { readonly href: string; readonly words: string }[];
  readonly attachments: readonly { readonly filename: string; readonly bytes: number }[];
  /** Pictures elsewhere, which a preview does not load: whoever has them would learn of it. */
  readonly remote: readonly string[];
}

/** The mails of one person, the one that the person would get first. */
export interface ReaderPreviews {
  readonly why: Reader['why'];
  readonly previews: readonly Preview[];
}

/**
 * @param fields the recipient's, with what sec adds
 * @param eml the mail that was made from the same fields
 */
export function renderPreview(message: Message, fields: MergeFields, eml: Uint8Array): Preview {
  const html = fillSlots(message.html, fields);
  const shown = withPictures(html, message);
  return {
    language: message.language,
    from: `${message.from.name} <${message.from.email}>`,
    to: fields.email ?? '',
    subject: fillSlots(message.subject, fields),
    preheader: wordsOf(/<div class="preheader"[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? ''),
    html: shown,
    text: fillSlots(message.text, fields),
    htmlBytes: Buffer.byteLength(html),
    eml,
    links: linksOf(html),
    attachments: message.attachments.map(({ filename, content }) => ({ filename, bytes: content.length })),
    remote: [
      ...new Set(
        [...shown.matchAll(/<img\b[^>]*\bsrc="(https?:[^"]+)"/g)].map(([, src = '']) => decode(src)),
      ),
    ],
  };
}

function withPictures(html: string, { attachments, hosted = [] }: Message): string {
  const sent = attachments.flatMap(({ cid, ...picture }) =>
    cid === undefined ? [] : [{ ...picture, url: `cid:${cid}` }],
  );
  return [...sent, ...hosted].reduce((whole, { url, contentType, content }) => {
    const data = `data:${contentType};base64,${Buffer.from(content).toString('base64')}`;
    return whole.replaceAll(`"${url}"`, `"${data}"`);
  }, html);
}

function linksOf(html: string): Preview['links'] {
  const found = new Map<string, string>();
  for (const [, href = '', inner = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)) {
    const alt = /<img\b[^>]*\balt="([^"]*)"/.exec(inner)?.[1] ?? '';
    const words = wordsOf(inner) || decode(alt);
    if (!found.get(decode(href))) found.set(decode(href), words);
  }
  return [...found].map(([href, words]) => ({ href, words }));
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

/** Visible words, without the signs that fill a preheader up. */
const wordsOf = (html: string) =>
  decode(html.replace(/<[^>]*>/g, ' ').replace(/&(?:#847|zwnj|nbsp);/g, ' '))
    .replace(/[\s\u034f\u200c\u00a0]+/g, ' ')
    .trim();

const decode = (html: string) =>
  html
    .replace(/&#x3D;/g, '=')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
