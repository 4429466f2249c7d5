import { Html, html } from '../html.ts';
import type { Words } from './words.ts';

const style = `:root{color-scheme:light dark;font:18px/1.6 system-ui,sans-serif}
body{max-width:32rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:1.5rem;line-height:1.3;text-wrap:balance}
button{font:inherit;min-height:3rem;padding:.6rem 1.4rem;border:0;border-radius:.6rem;background:#14532d;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #65a30d;outline-offset:3px}`;

interface PageOptions {
  readonly lang: string;
  readonly title: string;
  readonly status?: number;
}

/** Asks once more: mail scanners open every link, and must not take anybody off a list by it. */
export const questionPage = (lang: string, words: Words, business: string): Response =>
  page(
    { lang, title: words.title },
    html`<h1>${words.question(business)}</h1>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${words.button}</button></form>`,
  );

export const donePage = (lang: string, words: Words, business: string): Response =>
  page({ lang, title: words.title }, html`<h1>${words.done(business)}</h1><p>${words.already}</p>`);

export const unknownPage = (lang: string, words: Words): Response =>
  page({ lang, title: words.title, status: 404 }, html`<h1>${words.unknown}</h1><p>${words.unknownHint}</p>`);

function page({ lang, title, status = 200 }: PageOptions, body: Html): Response {
  const { text } =
    html`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>${new Html(style)}</style></head><body><main>${body}</main></body></html>`;
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
