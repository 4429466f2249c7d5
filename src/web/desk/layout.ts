import type { Words } from '../../approval/words/words.ts';
import { Html, html } from '../html.ts';

// The bundler would take a template that holds this word apart with a helper of its own.
const scriptEnd = new Html('</script>');

export interface Layout {
  readonly words: Words;
  readonly title: string;
  readonly body: Html;
  /** A page with previews beside each other takes the whole width. */
  readonly isWide?: boolean;
  /** Where the answer is, for whoever comes by keyboard. */
  readonly skipTo?: string;
  readonly scripts?: readonly string[];
}

/** The frame of every page of the desk. */
export function layout({ words, title, body, isWide = false, skipTo, scripts = [] }: Layout): Html {
  return html`<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive"><meta name="referrer" content="no-referrer">
<title>${title}</title><link rel="stylesheet" href="/desk.css">${scripts.map((src) => html`<script src="${src}" defer>${scriptEnd}`)}</head>
<body>${skipTo !== undefined && html`<a class="skip" href="#${skipTo}">${words.desk.skip}</a>`}<main class="${isWide ? 'wide' : ''}">${body}</main></body></html>\n`;
}
