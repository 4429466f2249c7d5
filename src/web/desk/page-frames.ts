import type { Summary } from '../../approval/request/summary.ts';
import type { Words } from '../../approval/words/words.ts';
import { type Html, html } from '../html.ts';
import { noteForm } from './notes.ts';
import type { DeskCase, Side } from './office.ts';
import type { Session } from './sessions.ts';
import { widthChoice } from './width-choice.ts';

type SiteSummary = Extract<Summary, { kind: 'site' }>;
type Change = 'pageNew' | 'pageChanged' | 'pageGone';

/** Pages that are shown at once; the others are links, so that a large change opens as fast as a small one. */
const FRAMED = 12;

/** Each page that changes, as it is beside as it would be: changed ones first, then new ones, then those that go. */
export function pageFrames(
  found: DeskCase,
  { added, changed, removed }: SiteSummary,
  session: Session,
  words: Words,
): Html | false {
  const { hasLive, liveUrl } = found;
  const base = `/p/${session.preview}`;
  const pages = [
    ...changed.map((page) => ({ ...page, change: 'pageChanged' as const })),
    ...added.map((page) => ({ ...page, change: 'pageNew' as const })),
    ...removed.map((url) => ({ url, title: url, change: 'pageGone' as const })),
  ];
  const address = (side: Side, url: string) => {
    if (side === 'new') return `${base}/new${fileOf(url)}`;
    return hasLive ? `${base}/live${fileOf(url)}` : new URL(url, liveUrl).href;
  };
  const side = (which: Side, page: (typeof pages)[number]) => {
    const label = which === 'new' ? words.desk.next : words.desk.live;
    const href = address(which, page.url);
    const isFramed = which === 'new' || hasLive;
    return html`<figure><figcaption>${label} · <a href="${href}" target="_blank" rel="noopener noreferrer">${words.desk.openAlone}<span class="hidden">: ${page.title}, ${label}</span></a></figcaption>
${isFramed && html`<div class="frame"><iframe sandbox loading="lazy" src="${href}" title="${page.title} – ${label}"></iframe></div>`}</figure>`;
  };
  const sides = (page: (typeof pages)[number]) =>
    (page.change === 'pageChanged'
      ? (['live', 'new'] as const)
      : page.change === 'pageNew'
        ? (['new'] as const)
        : (['live'] as const)
    ).map((which) => side(which, page));
  const heading = ({ title, url, change }: { title: string; url: string; change: Change }) =>
    html`${title} <span class="tag">${words.desk[change]}</span> <span class="soft">${url}</span>`;
  if (pages.length === 0) return false;
  const rest = pages.slice(FRAMED);
  return html`<div class="previews">${widthChoice(words)}
${pages
  .slice(0, FRAMED)
  .map(
    (page, n) =>
      html`<section id="page-${n}" tabindex="-1"><h2>${heading(page)}</h2><div class="sides">${sides(page)}</div>${noteForm(found, session, page, words)}</section>`,
  )}
${rest.length > 0 && html`<section><ul>${rest.map((page) => html`<li><a href="${address(page.change === 'pageGone' ? 'live' : 'new', page.url)}" target="_blank" rel="noopener noreferrer">${heading(page)}</a></li>`)}</ul></section>`}</div>`;
}

/** `/about/` is `/about/index.html` among the files. */
const fileOf = (url: string) => encodeURI(url.endsWith('/') ? `${url}index.html` : url);
