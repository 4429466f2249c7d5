import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LinkAnswer, LinkProbe } from '../../site/check/external.ts';
import {
  checkedLookup,
  mayAskLiteral,
  PrivateAddressError,
  type Resolve,
  systemResolve,
} from './checked-lookup.ts';
import { isPublicAddress } from './public-address.ts';

export interface LinkProbeOptions {
  readonly signal: AbortSignal;
  /** Which addresses may be asked; those of the public internet unless said otherwise. */
  readonly mayAsk?: (address: string) => boolean;
  readonly resolve?: Resolve;
  /** For one request. */
  readonly timeoutMs?: number;
}

const MOST_REDIRECTS = 5;
/** Some sites let nobody in who does not say who they are. */
const AGENT_NAME = 'Mozilla/5.0 (compatible; sec link check)';

/**
 * Asks for links over HTTP: HEAD, and GET where a server does not do that. Nothing is sent but the request, no body
 * is read, and every connection, also that of a redirect, goes only to an address that may be asked.
 */
export function createLinkProbe({
  signal,
  mayAsk = isPublicAddress,
  resolve = systemResolve,
  timeoutMs = 10_000,
}: LinkProbeOptions): LinkProbe {
  const lookup = checkedLookup(resolve, mayAsk);
  const agents = { http: new HttpAgent({ lookup }), https: new HttpsAgent({ lookup }) };

  const ask = (url: URL, method: 'HEAD' | 'GET'): Promise<IncomingMessage> => {
    if (!mayAskLiteral(url.hostname, mayAsk)) return Promise.reject(new PrivateAddressError(url.hostname));
    const isSecure = url.protocol === 'https:';
    const send = isSecure ? httpsRequest : httpRequest;
    const agent = isSecure ? agents.https : agents.http;
    return new Promise((done, failed) => {
      const request = send(url, {
        method,
        agent,
        headers: { 'user-agent': AGENT_NAME, accept: 'text/html,*/*;q=0.8' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      request.on('response', (response) => {
        response.destroy();
        done(response);
      });
      request.on('error', failed);
      request.end();
    });
  };

  const follow = async (start: string, method: 'HEAD' | 'GET'): Promise<LinkAnswer> => {
    let url = new URL(start);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const { statusCode: status = 0, headers } = await ask(url, method);
      const isMoved = [301, 302, 303, 307, 308].includes(status) && headers.location;
      if (!isMoved) return { kind: 'answered', status };
      if (!URL.canParse(headers.location ?? '', url)) return { kind: 'answered', status: 404 };
      url = new URL(headers.location ?? '', url);
      if (!/^https?:$/.test(url.protocol)) return { kind: 'answered', status: 200 };
    }
    return { kind: 'failed', why: 'redirects' };
  };

  return async (url) => {
    try {
      const quick = await follow(url, 'HEAD').catch((error: unknown) => failure(error));
      const isClear =
        quick.kind === 'private' ||
        (quick.kind === 'answered' && (quick.status < 400 || quick.status === 429));
      return isClear ? quick : await follow(url, 'GET');
    } catch (error) {
      return failure(error);
    }
  };
}

/** A failure of the network in a word. */
function failure(error: unknown): LinkAnswer {
  if (error instanceof PrivateAddressError) return { kind: 'private' };
  const { code = '', name = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND') return { kind: 'failed', why: 'unknown-host' };
  if (/CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO_VERIFY/.test(code)) return { kind: 'failed', why: 'certificate' };
  if (
    name === 'TimeoutError' ||
    name === 'AbortError' ||
    ['ETIMEDOUT', 'EAI_AGAIN', 'ABORT_ERR'].includes(code)
  )
    return { kind: 'failed', why: 'silent' };
  return { kind: 'failed', why: 'no-connection' };
}
