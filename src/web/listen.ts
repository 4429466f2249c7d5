import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail } from '../core/errors/index.ts';

export interface Listening {
  /** The port that it got. */
  readonly port: number;
  /** Ends every connection, also those that wait. */
  close(): Promise<void>;
}

/**
 * Lets a server listen.
 *
 * @param port 0 takes a free one
 * @throws PORT_TAKEN
 */
export async function listen(server: Server, port: number, address = '127.0.0.1'): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? fail('PORT_TAKEN', { port }, error) : error),
    );
    server.listen(port, address, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A request's body; undefined for more than `longest` bytes, of which no more is read. */
export async function readBody(
  incoming: IncomingMessage,
  longest: number,
): Promise<Buffer<ArrayBuffer> | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > longest) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
