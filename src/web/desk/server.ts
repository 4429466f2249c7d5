import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, readBody } from '../listen.ts';
import type { Served } from '../loopback.ts';

/** A request whose body was read whole, and is small. */
export interface DeskRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly header: (name: string) => string | undefined;
  /** Form fields or JSON as text; empty for GET. */
  readonly body: string;
}

export type DeskHandler = (request: DeskRequest) => Promise<Response>;

/** What one visitor may take up. Times in milliseconds, sizes in bytes. */
export interface Limits {
  readonly body: number;
  /** For all headers to arrive. */
  readonly headers: number;
  /** For the whole request to arrive. */
  readonly request: number;
  readonly connections: number;
}

const usual: Limits = { body: 64 * 1024, headers: 10_000, request: 20_000, connections: 256 };

export interface DeskServerOptions {
  /** Where visitors reach it: requests for any other host are refused (DNS rebinding). */
  readonly origin: (port: number) => string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly limits?: Partial<Limits>;
}

/**
 * Serves the approval desk on this machine, behind whatever ends TLS. Slow, large and many requests are cut off.
 *
 * @throws PORT_TAKEN
 */
export async function serveDesk(
  handler: (origin: string) => DeskHandler,
  { origin, port, limits = {} }: DeskServerOptions,
): Promise<Served> {
  const { body, headers, request, connections } = { ...usual, ...limits };
  let answerTo: ((incoming: IncomingMessage) => Promise<Response>) | undefined;
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: headers,
      requestTimeout: request,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: Math.min(1000, headers),
    },
    (incoming, outgoing) => {
      const answered = answerTo?.(incoming) ?? Promise.reject(new Error('not yet'));
      answered.then(
        (response) => send(response, incoming, outgoing),
        () => send(new Response('Something went wrong.', { status: 500 }), incoming, outgoing),
      );
    },
  );
  server.maxConnections = connections;
  const { port: bound, close } = await listen(server, port);
  const base = origin(bound);
  const handle = handler(base);
  answerTo = (incoming) => answer(incoming, base, body, handle);
  return { url: `${base}/`, close };
}

async function answer(
  incoming: IncomingMessage,
  base: string,
  limit: number,
  handle: DeskHandler,
): Promise<Response> {
  const { method, headers } = incoming;
  if (headers.host !== new URL(base).host) return new Response('Not here.', { status: 421 });
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST')
    return new Response('Not like this.', { status: 405, headers: { allow: 'GET, HEAD, POST' } });
  const body = method === 'POST' ? (await readBody(incoming, limit))?.toString('utf8') : '';
  if (body === undefined)
    return new Response('Too large.', { status: 413, headers: { connection: 'close' } });
  let url: URL;
  try {
    url = new URL(incoming.url ?? '/', base);
  } catch {
    return new Response('Not like this.', { status: 400 });
  }
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return handle({ method: method === 'POST' ? 'POST' : 'GET', url, header, body });
}

async function send(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  outgoing.writeHead(response.status, { ...headers, 'content-length': body.length });
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
}
