import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What happens to the connection over which the chosen byte goes.
 * - `reset`: both ends get a TCP reset
 * - `truncate`: what came so far is passed on, then both ends are closed in order
 * - `blackhole`: nothing is passed on any more, and nobody is told
 * - `slow`: from then on little by little, with pauses
 */
export type NetworkFault = 'reset' | 'truncate' | 'blackhole' | 'slow';

export interface ProxyOptions {
  readonly to: { readonly host?: string; readonly port: number };
  readonly listen?: { readonly host?: string; readonly port?: number };
  /**
   * Answers a line of the client's in place of the server, for protocols of lines that are not encrypted.
   * Undefined passes it on.
   */
  readonly answer?: (line: string) => string | undefined;
}

/** A man in the middle of TCP connections, in this process. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** Bytes that went through so far, both ways. */
  readonly bytes: () => number;
  /** Connections that were made through it so far. */
  readonly connections: () => number;
  /** Strikes once, when `after` more bytes have gone through, over all connections. */
  strike(fault: NetworkFault, after: number): void;
  /** Whether the strike that was planned last has happened. */
  hasStruck(): boolean;
  /** No more strike; whether the last one has happened. */
  lift(): boolean;
  /** Closes each new connection at once while it is true. */
  refuse(isRefusing: boolean): void;
  stop(): Promise<void>;
}

const SLOW_PIECE = 512;
const SLOW_PAUSE_MS = 2;

export async function startProxy({ to, listen = {}, answer }: ProxyOptions): Promise<Proxy> {
  const host = listen.host ?? '127.0.0.1';
  const open = new Set<Socket>();
  let bytes = 0;
  let connections = 0;
  let isRefusing = false;
  let planned: { fault: NetworkFault; at: number } | undefined;
  let hasStruck = false;

  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy()).on('close', () => open.delete(client));
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    connections += 1;
    const upstream = connect({ host: to.host ?? '127.0.0.1', port: to.port });
    open.add(upstream);
    upstream.on('error', () => client.destroy()).on('close', () => open.delete(upstream));
    const link = { client, upstream, state: 'open' as 'open' | 'dead' | 'slow' };
    const pass = async (from: Socket, into: Socket) => {
      try {
        for await (const chunk of from as AsyncIterable<Buffer>) {
          const left = from === client && answer ? answered(chunk, client, answer) : chunk;
          if (left.length > 0) await forward(left, into);
          if (link.state === 'dead') return;
        }
        into.end();
      } catch {
        into.destroy();
      }
    };
    const forward = async (chunk: Buffer, into: Socket) => {
      const before = bytes;
      bytes += chunk.length;
      if (planned && bytes >= planned.at) {
        const { fault, at } = planned;
        planned = undefined;
        hasStruck = true;
        await hit(fault, chunk.subarray(0, Math.max(0, at - before)), chunk, into);
        return;
      }
      if (link.state === 'slow') await dribble(chunk, into);
      else if (link.state === 'open') await write(into, chunk);
    };
    const hit = async (fault: NetworkFault, part: Buffer, whole: Buffer, into: Socket) => {
      if (fault === 'slow') {
        link.state = 'slow';
        await dribble(whole, into);
        return;
      }
      link.state = 'dead';
      if (fault === 'reset') for (const end of [client, upstream]) end.resetAndDestroy();
      if (fault === 'truncate') {
        if (part.length > 0) await write(into, part);
        for (const end of [client, upstream]) end.end();
      }
      if (fault === 'blackhole') for (const end of [client, upstream]) end.pause();
    };
    void pass(client, upstream);
    void pass(upstream, client);
  });
  server.listen(listen.port ?? 0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');

  return {
    host,
    port: address.port,
    bytes: () => bytes,
    connections: () => connections,
    strike(fault, after) {
      planned = { fault, at: bytes + after };
      hasStruck = false;
    },
    hasStruck: () => hasStruck,
    lift() {
      planned = undefined;
      return hasStruck;
    },
    refuse(is) {
      isRefusing = is;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function write(into: Socket, chunk: Buffer): Promise<void> {
  if (into.destroyed || into.writableEnded) return;
  if (!into.write(chunk)) await Promise.race([once(into, 'drain'), once(into, 'close')]);
}

async function dribble(chunk: Buffer, into: Socket): Promise<void> {
  for (let at = 0; at < chunk.length; at += SLOW_PIECE) {
    await write(into, chunk.subarray(at, at + SLOW_PIECE));
    await wait(SLOW_PAUSE_MS);
  }
}

/** Answers the lines of a chunk that are to be answered here, and returns what is left for the server. */
function answered(chunk: Buffer, client: Socket, answer: (line: string) => string | undefined): Buffer {
  const kept = chunk
    .toString('latin1')
    .split(/(?<=\r\n)/)
    .filter((line) => {
      const reply = answer(line.trimEnd());
      if (reply !== undefined) client.write(`${reply}\r\n`);
      return reply === undefined;
    });
  return Buffer.from(kept.join(''), 'latin1');
}
