import { readFile } from 'node:fs/promises';
import { contentType } from '../../core/content-type.ts';
import type { Handler } from '../loopback.ts';
import { barPage } from './bar.ts';
import { barScript } from './bar-script.ts';
import { barStyle } from './bar-style.ts';
import { eventStream } from './events.ts';
import { withBar } from './inject.ts';
import { fileFor } from './page-state.ts';
import type { PreviewSession } from './session.ts';

export interface SitePreview {
  readonly session: PreviewSession;
  /** Address of the live site. */
  readonly liveUrl: string;
  /** A secret of this run: without it the view is not changed. */
  readonly key: string;
}

/** The bar may load its own style and script, listen for news and change the view, and nothing else. */
const barPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
const common = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // No page elsewhere may frame or load what is not published yet.
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Serves what a session has built, the way the web host will, each page with the bar. Only files of the release
 * are there to be asked for: an address is looked up among their names, never in a folder.
 */
export function sitePreviewHandler({ session, liveUrl, key }: SitePreview): Handler {
  const own = (url: URL): Response | Promise<Response> | undefined => {
    const pathname = url.searchParams.get('page') ?? '/';
    switch (url.pathname) {
      case '/.sec/bar':
        return respond(
          barPage({ state: session.state(), pathname, liveUrl, key }).text,
          'text/html',
          barPolicy,
        );
      case '/.sec/bar.css':
        return respond(barStyle, 'text/css', barPolicy);
      case '/.sec/bar.js':
        return respond(barScript, 'text/javascript', barPolicy);
      case '/.sec/events':
        return eventStream(session, pathname);
      case '/.sec/view':
        return changeView(session, url, key);
      default:
        return undefined;
    }
  };
  return (url) => own(url) ?? siteResponse(session, url.pathname);
}

async function siteResponse(session: PreviewSession, pathname: string): Promise<Response> {
  const state = session.state();
  const { build } = state;
  if (!build) return page(emptyPage, pathname, 503);
  const found = fileFor(state, pathname);
  if (!found && !pathname.endsWith('/') && fileFor(state, `${pathname}/`))
    return new Response(null, { status: 301, headers: { ...common, location: `${pathname}/` } });
  const path = found ?? '404.html';
  if (!build.release.files.has(path)) return new Response('Not found\n', { status: 404, headers: common });
  const bytes = await readFile(build.content.locate(path));
  const status = found ? 200 : 404;
  if (path.endsWith('.html')) return page(bytes.toString('utf8'), pathname, status);
  return new Response(bytes, { status, headers: { ...common, 'content-type': contentType(path) } });
}

function page(text: string, pathname: string, status: number): Response {
  const headers = {
    ...common,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "frame-ancestors 'self'",
  };
  return new Response(withBar(text, pathname), { status, headers });
}

const emptyPage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Preview</title></head><body><main><h1>There is no page to show yet</h1><p>The bar below says what is in the way. As soon as that is mended, the page appears by itself.</p></main></body></html>';

/** Other sites cannot switch what is shown: they do not know the key. */
async function changeView(
  session: PreviewSession,
  { searchParams, origin }: URL,
  key: string,
): Promise<Response> {
  if (searchParams.get('key') !== key)
    return new Response('Not from here.\n', { status: 403, headers: common });
  const isOn = (name: string) => searchParams.get(name) === 'on';
  const clock = searchParams.get('clock')?.trim() || undefined;
  await session.show({ drafts: isOn('drafts'), future: isOn('future'), clock });
  const back = new URL(searchParams.get('page') ?? '/', origin);
  return new Response(null, {
    status: 303,
    headers: { ...common, location: back.origin === origin ? back.pathname : '/' },
  });
}

function respond(body: string, type: string, policy: string): Response {
  return new Response(body, {
    headers: { ...common, 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy },
  });
}
