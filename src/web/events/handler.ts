import type { Unsubscription } from '../../delivery/unsubscribe-link.ts';
import type { RequestHandler } from '../serve-requests.ts';
import { donePage, questionPage, unknownPage } from './unsubscribe-page.ts';
import { wordsFor } from './words.ts';

/** What the server is handed of one client; never of two at once. */
export interface EventsClient {
  readonly business: string;
  readonly locales: readonly string[];
  isSealed(of: SealedLink): boolean;
  /** Takes the recipient off all of the client's lists. */
  unsubscribe(of: Unsubscription): Promise<void>;
  /** Takes what SendGrid's webhook tells; false where it is not signed by the client's account or is no such post. */
  takeSendGrid(post: {
    readonly signature: string;
    readonly timestamp: string;
    readonly body: Uint8Array;
  }): Promise<boolean>;
}

type SealedLink = Unsubscription & { readonly seal: string };

export interface EventsDesk {
  /** The client of that name; undefined for none. */
  client(name: string): Promise<EventsClient | undefined>;
  /** What the path of an unsubscribe link means; undefined for another path. */
  readLink(pathname: string): SealedLink | undefined;
}

const LONGEST_FORM = 1024;
const LONGEST_WEBHOOK = 8 * 1024 * 1024;
const webhookPath = /^\/sendgrid\/([a-z0-9-]{1,64})$/;

/** The most bytes that may be sent to a path. */
export const longestBody = (pathname: string): number =>
  webhookPath.test(pathname) ? LONGEST_WEBHOOK : LONGEST_FORM;

/**
 * Answers what comes from outside about messages: the one-click unsubscription of mail programs (RFC 8058), the
 * same from a person who opened the link, and SendGrid's Event Webhook. Looking changes nothing.
 */
export function eventsHandler(desk: EventsDesk): RequestHandler {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const isLook = request.method === 'GET' || request.method === 'HEAD';
    if (isLook && pathname === '/health') return new Response('ok\n');
    const webhook = webhookPath.exec(pathname)?.[1];
    if (webhook !== undefined)
      return request.method === 'POST' ? sendGrid(request, await desk.client(webhook)) : refuse('POST');
    if (!pathname.startsWith('/u/')) return new Response(null, { status: 404 });
    if (!isLook && request.method !== 'POST') return refuse('GET, HEAD, POST');
    return unsubscription(request, pathname, desk);
  };
}

async function unsubscription(request: Request, pathname: string, desk: EventsDesk): Promise<Response> {
  const link = desk.readLink(pathname);
  const client = link && (await desk.client(link.client));
  const { lang, words } = wordsFor(request.headers.get('accept-language'), client?.locales ?? []);
  if (!link || !client?.isSealed(link)) return unknownPage(lang, words);
  if (request.method !== 'POST') return questionPage(lang, words, client.business);
  await client.unsubscribe(link);
  return donePage(lang, words, client.business);
}

/** Anything but a 2xx is told again later by SendGrid, for a day; so nothing is lost while sec cannot write. */
async function sendGrid(request: Request, client: EventsClient | undefined): Promise<Response> {
  const header = (name: string) => request.headers.get(`x-twilio-email-event-webhook-${name}`) ?? '';
  const body = new Uint8Array(await request.arrayBuffer());
  const taken = await client?.takeSendGrid({
    signature: header('signature'),
    timestamp: header('timestamp'),
    body,
  });
  return new Response(null, { status: taken ? 204 : 403 });
}

const refuse = (allow: string) => new Response(null, { status: 405, headers: { allow } });
