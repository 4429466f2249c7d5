import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: Request) => Response | Promise<Response>;

export interface Listening {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops at once: open connections are cut. */
  close(): Promise<void>;
}

/**
 * Serves `handler` to this machine only. A request that names another host is refused, so that no page of the
 * internet can reach it through a name that points here (DNS rebinding).
 *
 * @param port 0 for any free one
 */
export function listen(handler: Handler, port = 0): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(handler, request, response).catch(() => response.destroy());
  });
  return new Promise((ready, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const bound = (server.address() as AddressInfo).port;
      ready({
        url: `http://127.0.0.1:${bound}`,
        port: bound,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function answer(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const host = request.headers.host ?? '';
  const local = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
  const url = `http://${local ? host : '127.0.0.1'}${request.url ?? '/'}`;
  const reply =
    local && URL.canParse(url)
      ? await handler(new Request(url, { method: request.method ?? 'GET', headers: headersOf(request) }))
      : new Response('This address is for this machine only.\n', { status: 421 });
  response.writeHead(reply.status, [...reply.headers].flat());
  if (request.method === 'HEAD' || !reply.body) response.end();
  else response.end(Buffer.from(await reply.arrayBuffer()));
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string') headers.set(name, value);
  return headers;
}
