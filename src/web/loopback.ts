import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

/** Answers a request for a path. There is nothing to be changed through it, so only GET and HEAD reach it. */
export type Handler = (url: URL) => Response | Promise<Response>;

export interface Served {
  /** `http://127.0.0.1:8123/`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a handler to this machine only. A page elsewhere cannot reach it through a name of its own that leads
 * here (DNS rebinding): the Host header must name the loopback.
 *
 * @param port 0 takes a free one
 * @throws PORT_TAKEN
 */
export async function serveLoopback(handler: Handler, port = 0): Promise<Served> {
  const server = createServer((request, response) => {
    answer(request, handler).then(
      (result) => sendResponse(result, response, request.method === 'HEAD'),
      () => response.writeHead(500).end(),
    );
  });
  const { port: bound, close } = await listen(server, port);
  return { url: `http://127.0.0.1:${bound}/`, close };
}

/** Writes a response out. A body that does not end, such as a stream of events, is cancelled when its reader goes away. */
export async function sendResponse(
  result: Response,
  response: ServerResponse,
  isHead: boolean,
): Promise<void> {
  response.writeHead(result.status, Object.fromEntries(result.headers));
  if (isHead || !result.body) {
    response.end();
    return;
  }
  const reader = result.body.getReader();
  response.once('close', () => reader.cancel().catch(() => undefined));
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) response.write(next.value);
    response.end();
  } catch {
    response.destroy();
  }
}

async function answer({ method, headers, url }: IncomingMessage, handler: Handler): Promise<Response> {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return new Response('Not here.', { status: 421 });
  if (method !== 'GET' && method !== 'HEAD') return new Response('Only to be looked at.', { status: 405 });
  return handler(new URL(url ?? '/', `http://${host}`));
}
