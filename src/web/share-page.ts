import type { LiveChanges } from '../site/edit/live-changes.ts';
import { Html, html } from './html.ts';

export interface SharePage {
  /** The business. */
  readonly name: string;
  /** `21 November 2026, 14:05` on the client's wall clock. */
  readonly made: string;
  /** Absent where the live site could not be asked. */
  readonly changes: LiveChanges | undefined;
  /** The file of an address in the bundle, relative to this page; undefined where there is none. */
  readonly link: (url: string) => string | undefined;
  /** Drafts, future pages, another day: what the bundle shows that the live site would not. */
  readonly notes: readonly string[];
}

const style = new Html(`
:root { color-scheme: light dark; --paper: #f6f7f9; --ink: #1b1e24; --soft: #545b67; --line: #d5d9e0; --mark: #1f4e79; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191d; --ink: #eceef1; --soft: #a5abb7; --line: #363b44; --mark: #8db8e2; } }
body { max-width: 44rem; margin: 0 auto; padding: 24px 20px 48px; background: var(--paper); color: var(--ink); font: 17px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 18px; margin: 28px 0 4px; } p { margin: 0 0 10px; } .soft { color: var(--soft); }
ul { margin: 0; padding: 0; list-style: none; } li { padding: 9px 0; border-top: 1px solid var(--line); }
a { color: var(--mark); } .whole { display: inline-block; margin: 12px 0; padding: 10px 18px; border-radius: 8px; background: var(--mark); color: var(--paper); text-decoration: none; }
a:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
`);

/** The first page of what a client is shown: what would change on their site, and links to look at it. */
export function sharePage({ name, made, changes, link, notes }: SharePage): Html {
  const entry = ({ title, url }: { title: string; url: string }) => {
    const target = link(url);
    return html`<li>${target === undefined ? title : html`<a href="${target}">${title}</a>`} <span class="soft">${url}</span></li>`;
  };
  const part = (title: string, items: readonly Html[]) =>
    items.length > 0 && html`<h2>${title}</h2><ul>${items}</ul>`;
  const home = link('/');
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive"><meta name="referrer" content="no-referrer">
<title>Preview – ${name}</title><style>${style}</style></head><body><main>
<h1>${name}: what would change</h1><p class="soft">A preview made on ${made}. Nothing of it is on the website yet.</p>
${notes.map((note) => html`<p>${note}</p>`)}
${home !== undefined && html`<p><a class="whole" href="${home}">Look at the whole site</a></p>`}
${changes ? changed(changes, entry, part) : html`<p>It could not be compared with the live website.</p>`}
</main></body></html>\n`;
}

function changed(
  { added, changed, removed, otherFiles }: LiveChanges,
  entry: (page: { title: string; url: string }) => Html,
  part: (title: string, items: readonly Html[]) => Html | false,
): Html {
  const pages = added.length + changed.length + removed.length;
  return html`${pages === 0 && html`<p>No page changes.</p>`}${part('New pages', added.map(entry))}${part('Changed pages', changed.map(entry))}
${part(
  'Pages that go',
  removed.map((url) => html`<li>${url}</li>`),
)}${otherFiles > 0 && html`<p class="soft">Also ${otherFiles} ${otherFiles === 1 ? 'picture or other file' : 'pictures and other files'}.</p>`}`;
}
