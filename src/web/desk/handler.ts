import { isLinkSecret } from '../../approval/request/secrets.ts';
import { wordsFor } from '../../approval/words/words-for.ts';
import { contentType } from '../../core/content-type.ts';
import { decideHandler } from './decide.ts';
import { deskPage } from './desk-page.ts';
import type { DeskOffice } from './office.ts';
import { gonePage, openPage, receiptPage } from './pages.ts';
import { passkeyHandler } from './passkeys.ts';
import { assetResponse, pageResponse, previewResponse, seeOther } from './responses.ts';
import { isSameOrigin } from './same-origin.ts';
import { deskScript } from './script.ts';
import type { DeskHandler, DeskRequest } from './server.ts';
import { openSessions } from './sessions.ts';
import { deskStyle } from './style.ts';
import { takeNote } from './take-note.ts';
import type { DeskVisit } from './visit.ts';

export interface DeskOptions {
  readonly office: DeskOffice;
  /** `https://desk.example.com`. */
  readonly origin: string;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** The script that talks to passkeys. */
  readonly passkeyScript: () => string;
}

/**
 * The approval desk. A GET shows and never decides: mail scanners follow links. What decides is a POST from the
 * desk's own page, with the cookie of whoever showed the link's secret, which is in no log and no address.
 */
export function deskHandler({ office, origin, now, passkeyScript }: DeskOptions): DeskHandler {
  const sessions = openSessions(now);
  const rp = { id: new URL(origin).hostname, origin };
  const decide = decideHandler();

  async function visit(id: string, request: DeskRequest): Promise<DeskVisit | undefined> {
    const session = sessions.find(id, request.header('cookie'));
    const found = session && (await office.find(id));
    return found && { found, session, rp };
  }

  async function show(id: string, request: DeskRequest): Promise<Response> {
    const visited = await visit(id, request);
    if (!visited) return pageResponse(openPage(languageOf(request), id));
    const { found, session } = visited;
    const receipt = await found.receipt();
    if (receipt) return pageResponse(receiptPage(found, receipt));
    if (found.standing !== 'open') return pageResponse(gonePage(found));
    return pageResponse(deskPage(found, session));
  }

  async function open(id: string, request: DeskRequest): Promise<Response> {
    const given = new URLSearchParams(request.body).get('secret') ?? '';
    const found = await office.find(id);
    if (!found || !isLinkSecret(found.request, given.slice(given.lastIndexOf('#') + 1)))
      return pageResponse(openPage(languageOf(request), id, true), 403);
    return seeOther(`/r/${id}`, sessions.open(id).cookie);
  }

  async function post(id: string, what: string, request: DeskRequest): Promise<Response> {
    if (!isSameOrigin(request, origin)) return refused(request);
    if (what === 'open') return open(id, request);
    const visited = await visit(id, request);
    if (!visited) return pageResponse(openPage(languageOf(request), id), 403);
    if (what === 'decide') return decide(visited, request);
    if (what === 'note') return takeNote(visited, request);
    return passkeyHandler(what, visited, request);
  }

  async function preview(token: string, rest: string): Promise<Response> {
    const session = sessions.byPreview(token);
    const found = session && (await office.find(session.request));
    const [, side, path = ''] = /^(new|live)\/(.*)$/.exec(rest) ?? [];
    if (side === 'new' || side === 'live') {
      const file = await found?.file(side, path);
      return file ? previewResponse(file, contentType(path)) : missing();
    }
    const sample = /^sample-\d\.(html|txt)$/.test(rest) ? found?.shown(rest) : undefined;
    return sample ? previewResponse(sample, contentType(rest), found?.liveUrl) : missing();
  }

  return async (request) => {
    const { pathname } = request.url;
    const [, id = '', , what = ''] = /^\/r\/([0-9a-f]{16})(\/([a-z-]+))?$/.exec(pathname) ?? [];
    if (request.method === 'POST') return id !== '' && what !== '' ? post(id, what, request) : missing();
    if (id !== '' && what === '') return show(id, request);
    if (pathname === '/desk.css') return assetResponse(deskStyle, 'text/css; charset=utf-8');
    if (pathname === '/desk.js') return assetResponse(deskScript, 'text/javascript; charset=utf-8');
    if (pathname === '/passkey.js') return assetResponse(passkeyScript(), 'text/javascript; charset=utf-8');
    const [, token = '', rest = ''] = /^\/p\/([\w-]{43})\/(.+)$/.exec(pathname) ?? [];
    return token === '' ? missing() : preview(token, decoded(rest));
  };
}

const missing = () => pageResponse(gonePage(), 404);

function refused(request: DeskRequest): Response {
  return pageResponse(openPage(languageOf(request), '', true), 403);
}

/** The approver's browser says it, until it is known who the approver is. */
const languageOf = ({ header }: DeskRequest) =>
  wordsFor(/^\s*lv\b/i.test(header('accept-language') ?? '') ? 'lv' : 'en');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
