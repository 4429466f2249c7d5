import type { Preview, ReaderPreviews } from '../campaign/preview.ts';
import { type Html, html } from './html.ts';
import { previewStyle } from './promo-preview-style.ts';

export interface PreviewPage {
  /** `maize · ziemassvetki`. */
  readonly name: string;
  readonly readers: readonly [ReaderPreviews, ...ReaderPreviews[]];
  /** The HTML in light or dark colours, whatever the browser prefers. */
  inScheme(html: string, scheme: 'light' | 'dark'): string;
}

/** What is looked at: a reader, a language, light or dark. */
export interface Shown {
  readonly who: number;
  readonly preview: Preview;
  readonly scheme: 'light' | 'dark';
}

const reasons = {
  chosen: 'As you asked',
  sample: 'Somebody on the list',
  longest: 'Longest names',
  shortest: 'Shortest names',
  gaps: 'Most gaps',
  nobody: 'Nobody in particular',
};

/** Gmail shows no more of a mail's HTML. Bytes; `promo check` warns from the second on. */
const CLIPPED = 102_000;
const NEARLY = 90_000;

/** The whole page for one reader, one language, light or dark. It needs no script. */
export function previewPage({ name, readers }: PreviewPage, shown: Shown): Html {
  const { who, preview, scheme } = shown;
  const to = (
    change: { who?: number; language?: string; scheme?: string },
    label: string,
    isHere: boolean,
  ) => {
    const query = new URLSearchParams({
      who: String(change.who ?? who),
      ...(change.who === undefined || change.who === who
        ? { language: change.language ?? preview.language }
        : {}),
      scheme: change.scheme ?? scheme,
    });
    return html`<a href="/?${query.toString()}"${isHere && html` aria-current="true"`}>${label}</a>`;
  };
  const languages = readers[who]?.previews.map(({ language }) => language).sort() ?? [];
  const choices = [
    readers.length > 1 &&
      choice(
        'Shown for',
        readers.map(({ why }, n) => to({ who: n }, reasons[why], n === who)),
      ),
    languages.length > 1 &&
      choice(
        'Language',
        languages.map((one) => to({ language: one }, languageName(one), one === preview.language)),
      ),
    choice('Colours', [
      to({ scheme: 'light' }, 'Light', scheme === 'light'),
      to({ scheme: 'dark' }, 'Dark', scheme === 'dark'),
    ]),
  ];
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${preview.subject} – preview</title><style>${previewStyle}</style></head>
<body><header><p class="where">Preview · ${name}</p><h1>${preview.subject}</h1>
<p class="behind">${preview.preheader || 'There is no preheader.'}</p>
<div class="choices">${choices}</div></header>
<main>
${facts(shown)}
<div class="frames">${frame(shown, 'phone')}${frame(shown, 'desktop')}</div>
${preview.remote.length > 0 && html`<p class="note">${preview.remote.length === 1 ? 'One picture from the web is' : `${preview.remote.length} pictures from the web are`} not loaded here: ${preview.remote.join(', ')}</p>`}
<div class="below"><section aria-labelledby="text"><h2 id="text">As plain text</h2><pre>${preview.text}</pre></section>
<div class="side">${links(preview)}<section aria-labelledby="headers"><h2 id="headers">Headers</h2><pre>${headersOf(preview.eml)}</pre></section></div></div>
</main></body></html>`;
}

const choice = (label: string, options: readonly Html[]) =>
  html`<nav aria-label="${label}"><span class="label">${label}</span><span class="options">${options}</span></nav>`;

function facts({ who, preview }: Shown): Html {
  const { from, to, htmlBytes, eml, attachments, language } = preview;
  const row = (term: string, value: string | Html) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
  const state = htmlBytes > CLIPPED ? 'over' : htmlBytes > NEARLY ? 'near' : 'well';
  const words = {
    over: 'Gmail cuts it off',
    near: 'close to where Gmail cuts it off',
    well: 'Gmail shows all of it',
  };
  const size = html`<meter class="${state}" min="0" max="${CLIPPED}" high="${NEARLY}" value="${Math.min(htmlBytes, CLIPPED)}" aria-label="HTML, of the 102 kB that Gmail shows"></meter> ${kilobytes(htmlBytes)} of 102 kB – ${words[state]}`;
  return html`<section class="facts" aria-label="About this mail"><dl>
${row('From', from)}${row('To', to)}${row('HTML', size)}
${row('Whole mail', html`${kilobytes(eml.length)} <a href="/mail/${who}/${language}" class="file">.eml</a>`)}
${attachments.length > 0 && row('Attached', attachments.map(({ filename, bytes }) => `${filename} (${kilobytes(bytes)})`).join(', '))}
</dl></section>`;
}

function frame({ who, preview, scheme }: Shown, device: 'phone' | 'desktop'): Html {
  const label = device === 'phone' ? 'Phone, 360 px' : 'Desktop, 720 px';
  return html`<figure class="${device}"><figcaption>${label}</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="${label}"><iframe sandbox src="/message/${who}/${preview.language}?scheme=${scheme}" title="The mail: ${label}, ${scheme}"></iframe></div></figure>`;
}

const links = ({ links }: Preview) =>
  html`<section aria-labelledby="links"><h2 id="links">${links.length} ${links.length === 1 ? 'link' : 'links'}</h2>
<ol>${links.map(({ words, href }) => html`<li><strong>${words || 'without words'}</strong><br>${href}</li>`)}</ol></section>`;

const languageName = (code: string) => {
  const name = new Intl.DisplayNames([code], { type: 'language', fallback: 'code' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
};

const headersOf = (eml: Uint8Array) => {
  const text = new TextDecoder().decode(eml);
  return text.slice(0, text.indexOf('\r\n\r\n'));
};
const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
