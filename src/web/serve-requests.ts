import { createServer, type IncomingMessage } from 'node:http';
import { listen, readBody } from './listen.ts';
import { type Served, sendResponse } from './loopback.ts';

/** Answers a whole request, its body included. */
export type RequestHandler = (request: Request) => Response | Promise<Response>;

export interface ServeOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The address to listen on: `127.0.0.1` behind a proxy, `0.0.0.0` for everybody. */
  readonly address: string;
  /** The longest body that a path may be sent, in bytes. */
  readonly longestBody: (pathname: string) => number;
}

/** A request whose head or body takes longer than this is cut off: it would keep a connection for itself. */
const TIME_LIMIT_MS = 15_000;
const MOST_CONNECTIONS = 512;
const LONGEST_HEAD = 16 * 1024;

/**
 * Serves requests that may change something. The handler sees each of them whole, with its method and body; one
 * that is too long is answered 413, one that is too slow is cut off.
 *
 * @throws PORT_TAKEN
 */
export async function serveRequests(handler: RequestHandler, options: ServeOptions): Promise<Served> {
  const server = createServer(
    { requestTimeout: TIME_LIMIT_MS, headersTimeout: TIME_LIMIT_MS, maxHeaderSize: LONGEST_HEAD },
    (incoming, response) => {
      answer(incoming, handler, options)
        .catch(() => new Response(null, { status: 500 }))
        .then((result) => sendResponse(result, response, incoming.method === 'HEAD'))
        .catch(() => response.destroy());
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  const { port, address } = options;
  const { port: bound, close } = await listen(server, port, address);
  return { url: `http://${address}:${bound}/`, close };
}

async function answer(
  incoming: IncomingMessage,
  handler: RequestHandler,
  { longestBody }: ServeOptions,
): Promise<Response> {
  const { method = 'GET', headers } = incoming;
  const base = `http://${headers.host ?? 'localhost'}`;
  const target = incoming.url ?? '/';
  if (!target.startsWith('/') || !URL.canParse(target, base)) return new Response(null, { status: 400 });
  const url = new URL(target, base);
  const body = await readBody(incoming, longestBody(url.pathname));
  if (!body) return new Response(null, { status: 413, headers: { connection: 'close' } });
  const init = { method, headers: plainHeaders(headers) };
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return handler(new Request(url, hasBody ? { ...init, body } : init));
}

function plainHeaders(headers: IncomingMessage['headers']): Headers {
  const plain = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) plain.set(name, Array.isArray(value) ? value.join(', ') : value);
  return plain;
}
