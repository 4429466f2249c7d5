import type { Html } from '../html.ts';

/**
 * What every answer of the desk says of itself: kept nowhere, framed by nobody, told to nobody, and able to load
 * only its own style, script and previews.
 */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'strict-transport-security': 'max-age=31536000',
};

/**
 * A preview runs nothing, sends nothing and reaches nobody, framed or opened alone; only a mail may show the
 * pictures that lie on the client's own website.
 */
const previewHeaders = (pictures: string) => ({
  'content-security-policy': `sandbox; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:${pictures}; font-src 'self' data:; media-src 'self'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  // The frame has no origin of its own, and asks for its fonts across origins; the address is a secret.
  'access-control-allow-origin': '*',
});

export function pageResponse(page: Html, status = 200, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...pageHeaders, 'content-type': 'text/html; charset=utf-8' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(page.text, { status, headers });
}

export const assetResponse = (text: string | Uint8Array, type: string): Response =>
  new Response(bodyOf(text), { headers: { ...pageHeaders, 'content-type': type } });

/** @param site the website whose pictures it may show */
export const previewResponse = (bytes: Uint8Array, type: string, site?: string): Response =>
  new Response(bodyOf(bytes), {
    headers: {
      ...previewHeaders(site === undefined ? '' : ` ${new URL(site).origin}`),
      'content-type': type,
    },
  });

export const jsonResponse = (value: object, status = 200): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { ...pageHeaders, 'content-type': 'application/json' },
  });

/** After a POST: the page is asked for anew, so that a reload repeats nothing. */
export function seeOther(path: string, cookie?: string): Response {
  const headers = new Headers({ ...pageHeaders, location: path });
  if (cookie !== undefined) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

const bodyOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? content : new Uint8Array(content);
