import { digestOf } from '../../core/digest.ts';
import { Html, html } from '../html.ts';
import { type PageState, pageState } from './page-state.ts';
import type { PreviewProblem, PreviewState } from './session.ts';

const SHOWN = 60;

/** Not inside a tagged template: a bundler rewrites one that holds the end of a script, with a helper that is not there. */
const script = new Html('<script src="/.sec/bar.js"></script>');

const pills: Readonly<Record<PageState['standing'], string>> = {
  new: 'New page',
  changed: 'Changed',
  same: 'Same as live',
  missing: 'No such page',
  unknown: 'Not compared',
};

/** What the bar says depends on nothing else: news are only news where this is another text. */
export interface BarFacts {
  readonly state: PreviewState;
  readonly pathname: string;
  /** Address of the live site. */
  readonly liveUrl: string;
  /** Must come back with a change of the view; no other site's page knows it. */
  readonly key: string;
}

/** What a page that is open is told: whether it looks different, and whether the bar says something else. */
export function news({ state, pathname }: Pick<BarFacts, 'state' | 'pathname'>): {
  look: string;
  bar: string;
} {
  const { look, standing, changes } = pageState(state, pathname);
  const { problem, live, view, build } = state;
  const why = live.kind === 'unknown' ? live.why : null;
  const bar = digestOf({
    standing,
    changes: changes ?? null,
    problem: problem ?? null,
    why,
    view: { ...view, clock: view.clock ?? null },
    warnings: build?.warnings ?? null,
  });
  return { look, bar };
}

/** The bar as a document of its own, shown in a frame at the page's edge. */
export function barPage(facts: BarFacts): Html {
  const { state, pathname } = facts;
  const { look, bar } = news(facts);
  const page = pageState(state, pathname);
  const { problem } = state;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title><link rel="stylesheet" href="/.sec/bar.css"></head>
<body data-page="${pathname}" data-look="${look}" data-bar="${bar}"><section aria-label="What differs from live">
<details${problem && html` class="wrong" open`}><summary><span class="pill ${problem ? 'gone' : page.standing}">${problem ? 'Not shown' : pills[page.standing]}</span>
<span class="about">${problem ? problem.message : about(facts, page)}</span>${viewWords(state)}</summary>
<div class="panel" tabindex="0" role="group" aria-label="Details">${problem && problemPart(problem)}${comparison(facts, page)}${viewForm(facts)}</div></details>
</section>${script}</body></html>`;
}

function about({ state }: BarFacts, { changes }: PageState): string {
  if (!changes) return state.live.kind === 'unknown' ? state.live.why : '';
  if (state.live.kind === 'known' && state.live.files.size === 0) return 'Nothing is live yet';
  const { added, changed, removed, otherFiles } = changes;
  const pages = added.length + changed.length + removed.length;
  if (pages + otherFiles === 0) return 'Nothing differs from the live site';
  if (pages === 0) return `${otherFiles} ${otherFiles === 1 ? 'file differs' : 'files differ'} from live`;
  return `${pages} ${pages === 1 ? 'page differs' : 'pages differ'} from live`;
}

function viewWords({ view }: PreviewState): Html {
  const words = [view.drafts && 'drafts', view.future && 'future', view.clock].filter(Boolean);
  return words.length > 0 ? html`<span class="views">${words.join(' · ')}</span>` : new Html('');
}

function problemPart({ message, hint, excerpt }: PreviewProblem): Html {
  const lines = excerpt.map(
    ({ number, text, isWrong }) =>
      html`<li${isWrong && html` class="at"`}>${String(number).padStart(4)}  ${text}</li>`,
  );
  return html`<section class="problem"><h2>This cannot be shown yet</h2><p>${message}</p>${lines.length > 0 && html`<ol class="excerpt" tabindex="0">${lines}</ol>`}<p>${hint}</p>
<p><small>The page below is the last one that was good.</small></p></section>`;
}

function comparison({ state, pathname, liveUrl }: BarFacts, { changes, standing }: PageState): Html {
  if (!changes)
    return html`<section><h2>Not compared with the live site</h2><p>${state.live.kind === 'unknown' && state.live.why}</p></section>`;
  const rows = [
    ...changes.added.map((page) => row('new', page.title, page.url)),
    ...changes.changed.map((page) => row('changed', page.title, page.url)),
    ...changes.removed.map((url) => html`<li><b class="gone">gone</b><span>${url}</span></li>`),
  ];
  const more = rows.length - SHOWN;
  const { otherFiles } = changes;
  const isLive = standing === 'same' || standing === 'changed';
  return html`<section><h2>Against the live site</h2>
${rows.length === 0 ? html`<p>No page differs.</p>` : html`<ul class="pages">${rows.slice(0, SHOWN)}</ul>`}
${more > 0 && html`<p>and ${more} more</p>`}${otherFiles > 0 && html`<p>Also ${otherFiles} ${otherFiles === 1 ? 'other file' : 'other files'}: pictures, styles, lists of pages.</p>`}
${isLive && html`<p><a href="${liveUrl.replace(/\/+$/, '')}${pathname}" target="_blank" rel="noreferrer noopener">This page on the live site</a></p>`}
${(state.build?.warnings ?? []).map((text) => html`<p><small>${text}</small></p>`)}</section>`;
}

const row = (kind: 'new' | 'changed', title: string, url: string) =>
  html`<li><b class="${kind}">${kind}</b><a href="${encodeURI(url)}" target="_top">${title}</a></li>`;

function viewForm({ state: { view }, pathname, key }: BarFacts): Html {
  const box = (name: 'drafts' | 'future', label: string) =>
    html`<label><input type="checkbox" name="${name}"${view[name] && html` checked`}> ${label}</label>`;
  return html`<section><h2>What is shown</h2><form action="/.sec/view" target="_top">
<input type="hidden" name="key" value="${key}"><input type="hidden" name="page" value="${pathname}">
${box('drafts', 'Drafts')}${box('future', 'Pages whose day has not come')}
<label>As of <input type="text" name="clock" value="${view.clock ?? ''}" placeholder="today, or 2026-12-24" autocomplete="off"></label>
<button>Show</button></form></section>`;
}
