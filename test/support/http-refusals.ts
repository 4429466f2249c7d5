import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';

/** How requests are refused: before they are carried out, or after, so that only the answer is lost. */
export interface HttpRefusal {
  readonly status: number;
  readonly after?: boolean;
  /** How many requests in a row. */
  readonly times: number;
}

/** Passes requests on as they are to a server of this machine, and answers some of them with an error. */
export interface HttpRefuser {
  readonly port: number;
  refuse(refusal: HttpRefusal): void;
  relent(): void;
  stop(): Promise<void>;
}

export async function startHttpRefuser(to: number): Promise<HttpRefuser> {
  let refusal: HttpRefusal | undefined;
  let left = 0;
  const server = createServer((request, response) => {
    const refused = refusal !== undefined && left-- > 0 ? refusal : undefined;
    const refuse = () => response.writeHead(refused?.status ?? 500, { 'retry-after': '0' }).end();
    if (refused && !refused.after) {
      request.resume().on('end', refuse);
      return;
    }
    const { method, url: path } = request;
    const onward = ask({ host: '127.0.0.1', port: to, method, path, headers: request.headers }, (answer) => {
      if (refused) answer.resume().on('end', refuse);
      else answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers));
    });
    onward.on('error', () => response.destroy());
    request.on('error', () => onward.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The refuser has no port.');
  return {
    port: address.port,
    refuse(next) {
      refusal = next;
      left = next.times;
    },
    relent() {
      refusal = undefined;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
