import { readFile } from 'node:fs/promises';
import PostalMime, { type Email } from 'postal-mime';
import { Html, html } from './html.ts';
import type { Handler } from './loopback.ts';

/** A message that the catcher kept as a file. */
export interface KeptMail {
  readonly to: string;
  readonly file?: string;
}

const PAGE = 100;
const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1.5rem}h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}
td{padding:.4rem .6rem;border-top:1px solid #8884;overflow-wrap:anywhere}iframe{width:100%;height:75vh;border:1px solid #8884;border-radius:8px;background:#fff}
dt{opacity:.7}dd{margin:0 0 .4rem}pre{white-space:pre-wrap;border-top:1px solid #8884;padding-top:1rem}`;
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";
const mailPolicy = (pictures: string) =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src data: ${pictures}; sandbox`;

/**
 * Shows caught mails in the browser: a list, and each message as its recipient would see it.
 *
 * @param pictures the one website that mails may show pictures from, if any: `http://127.0.0.1:8080`
 */
export function mailboxHandler(mails: () => readonly KeptMail[], pictures = ''): Handler {
  return async ({ pathname, searchParams }) => {
    const all = mails();
    if (pathname === '/')
      return respond(listPage(all, Number(searchParams.get('from') ?? 0) || 0).text, pagePolicy);
    const [, number, part] = /^\/(\d{1,9})(\/html)?$/.exec(pathname) ?? [];
    const file = all[Number(number) - 1]?.file;
    if (!file) return new Response('There is no such mail.\n', { status: 404 });
    const mail = await PostalMime.parse(await readFile(file));
    if (part) return respond(withPictures(mail), mailPolicy(pictures));
    return respond(mailPage(Number(number), mail).text, pagePolicy);
  };
}

function listPage(mails: readonly KeptMail[], from: number): Html {
  const rows = mails
    .slice(from, from + PAGE)
    .map(({ to }, n) => html`<tr><td><a href="/${from + n + 1}">${from + n + 1}</a></td><td>${to}</td></tr>`);
  const more =
    from + PAGE < mails.length && html`<p><a href="/?from=${from + PAGE}">The next ${PAGE}</a></p>`;
  return page(`${mails.length} mails`, html`<table>${rows}</table>${more}`);
}

function mailPage(number: number, mail: Email): Html {
  return page(
    mail.subject ?? '',
    html`<dl><dt>From</dt><dd>${mail.from?.name} &lt;${mail.from?.address}&gt;</dd>
<dt>To</dt><dd>${mail.to?.map(({ address }) => address).join(', ')}</dd></dl>
<iframe sandbox src="/${number}/html" title="The message"></iframe><h2>As plain text</h2><pre>${mail.text}</pre>
<p><a href="/">All mails</a></p>`,
  );
}

/** The HTML with the pictures that came with it in place of their `cid:` addresses. */
function withPictures({ html: text = '', attachments }: Email): string {
  let shown = text;
  for (const { contentId, mimeType, content } of attachments) {
    if (!contentId || typeof content === 'string') continue;
    const picture = `data:${mimeType};base64,${Buffer.from(new Uint8Array(content)).toString('base64')}`;
    shown = shown.replaceAll(`cid:${contentId.replace(/^<|>$/g, '')}`, picture);
  }
  return shown;
}

function page(title: string, body: Html): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Html(style)}</style></head><body><h1>${title}</h1>${body}</body></html>`;
}

function respond(body: string, policy: string): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
  };
  return new Response(body, { headers });
}
