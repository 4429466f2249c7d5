import type { Summary } from '../../approval/request/summary.ts';
import type { Words } from '../../approval/words/words.ts';
import { type Html, html } from '../html.ts';
import type { DeskCase } from './office.ts';
import type { Session } from './sessions.ts';

export const MOST_LETTERS = 4000;

/** Breaks a terminal in which the office reads it, or shows words in another order than they are in. */
const unseen = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/** What a visitor wrote, as it is kept: no more than it may be, and nothing that is not seen. */
export const writtenText = (form: URLSearchParams, field: string): string =>
  (form.get(field) ?? '').replace(/\r\n?/g, '\n').replace(unseen, '').trim().slice(0, MOST_LETTERS);

/** A page that a comment can be pinned to. */
export interface NotedPage {
  readonly url: string;
  readonly title: string;
}

/** The pages of a release that change, changed ones first, then new ones, then those that go. */
export const pagesOf = (summary: Summary): NotedPage[] =>
  summary.kind === 'site'
    ? [...summary.changed, ...summary.added, ...summary.removed.map((url) => ({ url, title: url }))]
    : [];

/** A form at a page, to say what should be different there. Works without a script, and sends nothing yet. */
export function noteForm(
  { request }: DeskCase,
  { token, notes }: Session,
  page: NotedPage,
  words: Words,
): Html {
  const { desk } = words;
  const n = pagesOf(request.summary).findIndex(({ url }) => url === page.url);
  const noted = notes.get(page.url);
  return html`<details class="note"${noted !== undefined && html` open`}><summary>${desk.note}<span class="hidden">: ${page.title}</span></summary>
<form method="post" action="/r/${request.id}/note"><input type="hidden" name="token" value="${token}"><input type="hidden" name="page" value="${page.url}">
<p class="field"><label for="note-${n}">${desk.noteOn(page.title)}</label><textarea id="note-${n}" name="note" rows="3" maxlength="${MOST_LETTERS}" aria-describedby="note-${n}-hint">${noted ?? ''}</textarea> <span class="soft" id="note-${n}-hint">${noted === undefined ? desk.noteHint : desk.noteKept}</span></p>
<p><button class="button plain">${desk.noteKeep}</button></p></form></details>`;
}

/** What was noted, where the answer is given. */
export function notedList({ request }: DeskCase, { notes }: Session, words: Words): Html | false {
  const noted = pagesOf(request.summary).filter(({ url }) => notes.has(url));
  if (noted.length === 0) return false;
  return html`<p>${words.desk.noted}</p><ul>${noted.map(
    ({ url, title }) => html`<li><b>${title}</b> (${url}): ${notes.get(url) ?? ''}</li>`,
  )}</ul>`;
}
