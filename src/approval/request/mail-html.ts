import type { SummaryPart } from '../words/summary-lines.ts';
import type { Words } from '../words/words.ts';

export interface MailLink {
  readonly label: string;
  readonly href: string;
}

export interface RequestHtml {
  readonly words: Words;
  readonly hello: string;
  readonly intro: string;
  readonly parts: readonly SummaryPart[];
  /** Where there is something to look at. */
  readonly look: MailLink | undefined;
  readonly pin: string | undefined;
  /** The prepared answers, each with its code, for whoever writes it by hand. */
  readonly replies: readonly (MailLink & { readonly code: string })[];
  readonly byMail: string;
  readonly close: readonly string[];
  readonly office: string;
}

const BUTTON =
  'display:inline-block;padding:11px 20px;border-radius:8px;font-weight:600;text-decoration:none';
const FIRST = `${BUTTON};background:#1a4a75;color:#ffffff;border:2px solid #1a4a75`;
// In the text's own colour, so that it is read on a light and on a dark ground.
const SECOND = `${BUTTON};color:inherit;border:2px solid currentColor`;
const SMALL = 'font-size:14px;opacity:.8';

/** The HTML of a mail that asks an approver: what changes, one button to look, two to answer. Needs no pictures. */
export function requestHtml(mail: RequestHtml): string {
  const { words, hello, intro, parts, look, pin, replies, byMail, close, office } = mail;
  const lines = [
    paragraph(hello),
    paragraph(intro),
    ...parts.map(partHtml),
    ...(look ? [lookHtml(look)] : []),
    ...(pin === undefined ? [] : [paragraph(pin)]),
    ...(replies.length === 0 ? [] : [answersHtml(replies, look ? byMail : undefined, look === undefined)]),
    `<p style="${SMALL}">${close.map(escaped).join('<br>\n')}</p>`,
    paragraph(office),
  ];
  return `<!doctype html><html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><style>:root{color-scheme:light dark}</style></head><body style="font:16px/1.5 sans-serif;max-width:36rem;margin:0;padding:16px;overflow-wrap:anywhere">
${lines.join('\n')}
</body></html>`;
}

function partHtml({ heading, lines }: SummaryPart): string {
  if (heading === '') return paragraph(lines.join('\n'));
  const items = lines.map((line) => `<li>${escaped(line)}</li>`).join('');
  return `<p style="margin-bottom:4px"><b>${escaped(heading)}</b></p><ul style="margin-top:0;padding-left:22px">${items}</ul>`;
}

const lookHtml = ({ label, href }: MailLink) =>
  `<p style="margin:24px 0 8px">${anchor(href, label, FIRST)}</p><p style="${SMALL}">${escaped(href)}</p>`;

function answersHtml(replies: RequestHtml['replies'], intro: string | undefined, isOnlyWay: boolean): string {
  const buttons = replies.map(({ label, href }, n) =>
    anchor(href, label, `${isOnlyWay && n === 0 ? FIRST : SECOND};margin:0 8px 8px 0`),
  );
  const codes = replies.map(({ label, code }) => `${escaped(label)}: ${escaped(code)}`);
  return `${intro === undefined ? '' : paragraph(intro)}<p style="margin:16px 0 4px">${buttons.join('\n')}</p><p style="${SMALL}">${codes.join('<br>\n')}</p>`;
}

const anchor = (href: string, label: string, style: string) =>
  `<a href="${escaped(href)}" style="${style}">${escaped(label)}</a>`;

const paragraph = (text: string) => `<p>${escaped(text).replaceAll('\n', '<br>\n')}</p>`;
/** As text of HTML, and as the value of an attribute in quotes. */
export const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
