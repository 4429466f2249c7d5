import type { Preview } from '../campaign/preview.ts';
import type { Handler } from './loopback.ts';
import { type PreviewPage, previewPage, type Shown } from './promo-preview-page.ts';

/** A mail may show its own pictures and its style, and nothing else: no script, no form, no web, no way out of its frame. */
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** A page for the browser that shows a campaign's mails to some of their readers: phone and desktop, light and dark, as text. */
export function previewHandler(page: PreviewPage): Handler {
  const find = (who: number, language: string | null): Omit<Shown, 'scheme'> | undefined => {
    const reader = page.readers[who];
    const preview = language
      ? reader?.previews.find((one) => one.language === language)
      : reader?.previews[0];
    return preview && { who, preview };
  };
  return ({ pathname, searchParams }) => {
    const scheme = searchParams.get('scheme') === 'dark' ? 'dark' : 'light';
    if (pathname === '/') {
      const who = Number(searchParams.get('who') ?? 0);
      const shown = find(who, searchParams.get('language')) ?? find(who, null) ?? find(0, null);
      if (shown) return respond(previewPage(page, { ...shown, scheme }).text, 'text/html', pagePolicy);
    }
    const [, kind, who, language = ''] =
      /^\/(message|text|mail)\/(\d{1,2})\/([A-Za-z-]+)$/.exec(pathname) ?? [];
    const preview = find(Number(who), language)?.preview;
    if (preview && kind === 'text') return respond(preview.text, 'text/plain', mailPolicy);
    if (preview && kind === 'message')
      return respond(page.inScheme(preview.html, scheme), 'text/html', mailPolicy);
    if (preview && kind === 'mail') return download(preview);
    return new Response('There is nothing here.', { status: 404, headers: { 'content-type': 'text/plain' } });
  };
}

const strict = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const respond = (body: string, type: string, policy: string) =>
  new Response(body, {
    headers: { ...strict, 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy },
  });

const download = ({ eml, language }: Preview) =>
  new Response(Buffer.from(eml), {
    headers: {
      ...strict,
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="message.${language}.eml"`,
    },
  });
