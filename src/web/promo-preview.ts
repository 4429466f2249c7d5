import type { Preview } from '../campaign/preview.ts';
import { type Html, html } from './html.ts';
import type { Handler } from './loopback.ts';
import { previewStyle } from './promo-preview-style.ts';

export interface PreviewPage {
  /** `maize · ziemassvetki`. */
  readonly name: string;
  readonly previews: readonly Preview[];
  /** The HTML in light or dark colours, whatever the browser prefers. */
  inScheme(html: string, scheme: 'light' | 'dark'): string;
}

/** A mail may show its pictures and its style, and nothing else: no script, no form, no way out of its frame. */
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; sandbox";
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** A page for the browser that shows a campaign's messages side by side: phone and desktop, light and dark, as text. */
export function previewHandler(page: PreviewPage): Handler {
  return ({ pathname, searchParams }) => {
    const find = (language: string | null | undefined) =>
      page.previews.find((one) => one.language === language);
    if (pathname === '/') {
      const preview = find(searchParams.get('language')) ?? page.previews[0];
      if (preview) return respond(indexPage(page, preview).text, 'text/html', pagePolicy);
    }
    const [, kind, language] = /^\/(message|text)\/([A-Za-z-]+)$/.exec(pathname) ?? [];
    const preview = find(language);
    if (preview && kind === 'text') return respond(preview.text, 'text/plain', mailPolicy);
    if (preview && kind === 'message') {
      const scheme = searchParams.get('scheme') === 'dark' ? 'dark' : 'light';
      return respond(page.inScheme(preview.html, scheme), 'text/html', mailPolicy);
    }
    return new Response('There is nothing here.', { status: 404, headers: { 'content-type': 'text/plain' } });
  };
}

function respond(body: string, type: string, policy: string): Response {
  return new Response(body, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}

function indexPage({ name, previews }: PreviewPage, preview: Preview): Html {
  const frame = (scheme: string, device: string) => html`
    <figure class="${device}"><figcaption>${device === 'phone' ? 'Phone, 360 px' : 'Desktop, 720 px'}, ${scheme}</figcaption>
    <iframe sandbox src="/message/${preview.language}?scheme=${scheme}" title="${device}, ${scheme}"></iframe></figure>`;
  const row = (term: string, value: string) => html`<dt>${term}</dt><dd>${value}</dd>`;
  const tabs = previews.map(
    ({ language }) =>
      html`<a href="/?language=${language}"${language === preview.language && html` aria-current="page"`}>${language}</a>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${preview.subject} – preview</title><style>${previewStyle}</style></head>
<body><header><p class="where">${name}</p><h1>${preview.subject}</h1><nav aria-label="Language">${tabs}</nav></header>
<main>
<section class="facts"><dl>
${row('From', preview.from)}${row('To', preview.to)}
${row('HTML', `${kilobytes(preview.htmlBytes)} of 102 kB that Gmail shows`)}
${row('Whole mail', kilobytes(preview.eml.length))}
</dl></section>
<section class="frames">${frame('light', 'phone')}${frame('dark', 'phone')}${frame('light', 'desktop')}${frame('dark', 'desktop')}</section>
<section class="below"><div><h2>As plain text</h2><pre>${preview.text}</pre></div>
<div><h2>Links</h2><ol>${preview.links.map((link) => html`<li>${link}</li>`)}</ol>
<h2 class="next">Headers</h2><pre>${headersOf(preview.eml)}</pre></div></section>
</main></body></html>`;
}

const headersOf = (eml: Uint8Array) => {
  const text = new TextDecoder().decode(eml);
  return text.slice(0, text.indexOf('\r\n\r\n'));
};
const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
