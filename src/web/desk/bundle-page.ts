import type { SummaryPart } from '../../approval/words/summary-lines.ts';
import type { Words } from '../../approval/words/words.ts';
import { type Html, html } from '../html.ts';
import { documentStyle } from './document-style.ts';

export interface BundlePage {
  readonly words: Words;
  readonly business: string;
  readonly intro: string;
  readonly parts: readonly SummaryPart[];
  /** What can be looked at: files beside this page. */
  readonly links: readonly { readonly label: string; readonly href: string }[];
  /** The two prepared answers. */
  readonly replies: readonly { readonly label: string; readonly href: string }[];
  readonly until: string;
}

/** The first page of what an approver without an approval desk is shown: what changes, and two prepared e-mails. */
export function bundlePage({ words, business, intro, parts, links, replies, until }: BundlePage): Html {
  const { desk, mail } = words;
  return html`<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive"><meta name="referrer" content="no-referrer">
<title>${desk.title(business)}</title><style>${documentStyle}</style></head><body><main>
<h1>${desk.title(business)}</h1><p>${intro}</p>
<section><h2>${desk.whatChanges}</h2>${parts.map(
    ({ heading, lines }) =>
      html`${heading !== '' && html`<h3>${heading}</h3>`}<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
  )}</section>
${links.length > 0 && html`<section><h2>${mail.lookAt}</h2><ul>${links.map(({ label, href }) => html`<li><a href="${href}">${label}</a></li>`)}</ul></section>`}
<section><h2>${desk.decide}</h2><p>${desk.approveMeans}</p>
<p class="answers">${replies.map(({ label, href }, n) => html`<a class="${n === 0 ? 'button' : 'button plain'}" href="${href}">${label}</a> `)}</p>
<p class="soft">${until} ${mail.surprise}</p></section>
</main></body></html>\n`;
}
