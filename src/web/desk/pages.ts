import { momentText } from '../../approval/words/summary-lines.ts';
import type { Words } from '../../approval/words/words.ts';
import { wordsFor } from '../../approval/words/words-for.ts';
import { type Html, html } from '../html.ts';
import { layout } from './layout.ts';
import type { DeskCase, DeskReceipt } from './office.ts';

type Problem = keyof Words['desk']['problems'];

/**
 * What a link opens: a form that the secret is put into, by the script from the link itself or by hand. It tells
 * nothing of what is to be approved, nor whether there is anything.
 */
export function openPage(words: Words, id: string, isWrong = false): Html {
  const { desk } = words;
  const body = html`<h1>${desk.open}</h1>
${isWrong && html`<p class="problem" role="alert" id="problem">${desk.wrongSecret}</p>`}
<form method="post" action="/r/${id}/open" id="open" autocomplete="off"><p id="hint">${desk.openHint}</p>
<p class="field"><label for="secret">${desk.secret}</label><input id="secret" name="secret" required aria-describedby="${isWrong ? 'problem hint' : 'hint'}" autocapitalize="none" spellcheck="false"></p>
<p><button class="button">${desk.openButton}</button></p></form>
<p role="status" id="status" data-opening="${desk.opening}"></p>`;
  return layout({ words, title: desk.open, body, scripts: ['/desk.js'] });
}

/** A request that cannot be answered any more, or an address where there is nothing. */
export function gonePage(found?: DeskCase, problem?: Problem): Html {
  const words = wordsFor(found?.request.language ?? 'en');
  const { desk } = words;
  const why = problem ?? (found && standingProblem(found));
  const body = html`<h1>${desk.gone}</h1><p role="alert">${why === undefined ? desk.goneHint : desk.problems[why]}</p>`;
  return layout({ words, title: desk.gone, body });
}

function standingProblem({ standing }: DeskCase): Problem {
  if (standing === 'expired' || standing === 'withdrawn') return standing;
  return 'decided';
}

/** What an approver keeps. */
export function receiptPage({ request, business, timezone }: DeskCase, receipt: DeskReceipt): Html {
  const words = wordsFor(request.language);
  const { desk } = words;
  const isApproved = receipt.outcome === 'approved';
  const rows: (readonly [string, string | null])[] = [
    [desk.receiptAt, `${receipt.approver}, ${momentText(receipt.at, timezone, words)}`],
    [desk.receiptTier, `${receipt.tier} – ${desk.tiers[receipt.tier]}`],
    ...receipt.comments.map(({ page, text }) => [page ?? desk.comment, text] as const),
    [desk.receiptStatement, receipt.statement],
    [desk.receiptAudit, receipt.audit],
  ];
  const body = html`<p class="soft">${desk.title(business)}</p>
<h1 class="${isApproved ? 'good' : ''}">${isApproved ? desk.approved : desk.changesSent}</h1>
<p>${isApproved ? desk.approvedMeans : desk.changesMeans}</p>
<section><h2>${desk.receipt}</h2><dl>${rows.map(
    ([label, value]) =>
      value !== null &&
      html`<dt>${label}</dt><dd class="${/^[0-9a-f]{64}$/.test(value) ? 'digest' : ''}">${value}</dd>`,
  )}</dl><p class="soft">${desk.keep}</p></section>`;
  return layout({ words, title: isApproved ? desk.approved : desk.changesSent, body });
}
