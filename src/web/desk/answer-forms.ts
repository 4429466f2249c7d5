import type { Words } from '../../approval/words/words.ts';
import { type Html, html } from '../html.ts';
import { MOST_LETTERS, notedList, pagesOf } from './notes.ts';
import type { DeskCase } from './office.ts';
import type { Session } from './sessions.ts';

/** What was wrong with a form, and what was in it. */
export interface FormProblem {
  readonly problem: keyof Words['desk']['problems'];
  readonly form: URLSearchParams;
}

type Wish = 'approve' | 'changes';

/** Approve, and Ask for changes: two forms that work without a script. Only a passkey needs one. */
export function answerForms(found: DeskCase, session: Session, words: Words, wrong?: FormProblem): Html {
  const { desk } = words;
  const { request } = found;
  const wish: Wish = wrong?.form.get('wish') === 'changes' ? 'changes' : 'approve';
  const alert =
    wrong && html`<p class="problem" role="alert" id="problem">${desk.problems[wrong.problem]}</p>`;
  const start = (
    which: Wish,
  ) => html`<form method="post" action="/r/${request.id}/decide#answer" class="${which}" id="${which}">
<input type="hidden" name="token" value="${session.token}"><input type="hidden" name="wish" value="${which}">`;
  return html`<section id="answer" tabindex="-1" aria-labelledby="decide"><h2 id="decide">${desk.decide}</h2>${alert}
<div class="forms">${start('approve')}<p>${desk.approveMeans}</p>${session.notes.size > 0 && wrong?.problem !== 'noted' && html`<p class="soft">${desk.problems.noted}</p>`}${approveFields(found, words, wish === 'approve' ? wrong : undefined)}</form>
${start('changes')}<h3>${desk.changes}</h3>${notedList(found, session, words)}<p class="soft" id="changes-hint">${desk.commentHint}</p>
${pageField(found, words, wrong?.form.get('page') ?? '')}
<p class="field"><label for="comment">${desk.comment}</label><textarea id="comment" name="comment" rows="4"${session.notes.size === 0 && html` required`} maxlength="${MOST_LETTERS}" aria-describedby="changes-hint"${invalid(wrong, 'comment')}>${wish === 'changes' ? (wrong?.form.get('comment') ?? '') : ''}</textarea></p>
${nameField('changes-name', found, words, wish === 'changes' ? wrong : undefined)}
<p><button class="button plain">${desk.changes}</button></p></form></div></section>`;
}

function approveFields(found: DeskCase, words: Words, wrong: FormProblem | undefined): Html {
  const { desk } = words;
  const { tier } = found.request;
  if (tier === 'T3' && found.passkeys.length === 0)
    return html`<p>${desk.passkeyMissing}</p><noscript><p>${desk.needsScript}</p></noscript>
<p><button type="button" class="button" id="make-passkey" hidden>${desk.addPasskey}</button></p><p role="status" id="status" data-made="${desk.passkeyMade}" data-problem="${desk.problems.passkey}"></p>`;
  const name = nameField('name', found, words, wrong);
  if (tier === 'T3')
    return html`${name}<input type="hidden" name="passkey" id="passkey" value=""><noscript><p>${desk.needsScript}</p></noscript>
<p class="soft">${desk.passkeyHint}</p><p><button class="button" id="use-passkey">${desk.approvePasskey}</button></p><p role="status" id="status" data-problem="${desk.problems.passkey}"></p>`;
  const pin =
    tier === 'T2' &&
    html`<p class="field"><label for="pin">${desk.pin}</label><input id="pin" name="pin" inputmode="numeric" autocomplete="off" required pattern="[0-9 ]*" aria-describedby="pin-hint"${invalid(wrong, 'pin')}> <span class="soft" id="pin-hint">${desk.pinHint}</span></p>`;
  return html`${name}${pin}<p><button class="button">${desk.approve}</button></p>`;
}

function nameField(id: string, { request }: DeskCase, { desk }: Words, wrong: FormProblem | undefined): Html {
  return html`<p class="field"><label for="${id}">${desk.name}</label><input id="${id}" name="name" autocomplete="name" required aria-describedby="${id}-hint" value="${wrong?.form.get('name') ?? ''}"${invalid(wrong, 'name')}> <span class="soft" id="${id}-hint">${desk.nameHint(request.approver.name)}</span></p>`;
}

/** A comment is pinned to a page where there are pages. */
function pageField({ request }: DeskCase, { desk }: Words, chosen: string): Html | false {
  const pages = pagesOf(request.summary);
  if (pages.length === 0) return false;
  return html`<p class="field"><label for="page">${desk.page}</label><select id="page" name="page"><option value="">${desk.noPage}</option>${pages.map(
    ({ title, url }) =>
      html`<option value="${url}"${url === chosen && html` selected`}>${title} (${url})</option>`,
  )}</select></p>`;
}

const invalid = (wrong: FormProblem | undefined, field: string): Html | false =>
  wrong?.problem === field && html` aria-invalid="true"`;
