import { momentText, summaryParts } from '../../approval/words/summary-lines.ts';
import type { Words } from '../../approval/words/words.ts';
import { wordsFor } from '../../approval/words/words-for.ts';
import { type Html, html } from '../html.ts';
import { answerForms, type FormProblem } from './answer-forms.ts';
import { layout } from './layout.ts';
import type { DeskCase } from './office.ts';
import { pageFrames } from './page-frames.ts';
import { sampleFrames } from './sample-frames.ts';
import type { Session } from './sessions.ts';

/** What is to be approved, beside what is, and the forms to answer with. */
export function deskPage(found: DeskCase, session: Session, problem?: FormProblem): Html {
  const { request, business, office, timezone } = found;
  const words = wordsFor(request.language);
  const { desk } = words;
  const body = html`<h1>${desk.title(business)}</h1><p>${words.intro[request.kind](office)}</p>
<p class="soft">${desk.until(momentText(request.expires, timezone, words))}</p>
<section aria-labelledby="what"><h2 id="what">${request.kind === 'campaign' ? desk.whatGoesOut : desk.whatChanges}</h2>${summaryParts(
    request.summary,
    words,
  ).map(
    ({ heading, lines }) =>
      html`${heading !== '' && html`<h3>${heading}</h3>`}<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
  )}</section>
${previews(found, session, words)}
${answerForms(found, session, words, problem)}`;
  return layout({
    words,
    title: desk.title(business),
    body,
    isWide: request.kind !== 'policy',
    skipTo: 'answer',
    scripts: request.tier === 'T3' ? ['/passkey.js', '/desk.js'] : [],
  });
}

function previews(found: DeskCase, session: Session, words: Words): Html | false {
  const { summary } = found.request;
  if (summary.kind === 'site') return pageFrames(found, summary, session, words);
  return summary.kind === 'campaign' && sampleFrames(found, `/p/${session.preview}`, words);
}
