import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What happens to the connection over which the chosen byte goes.
 * - `reset`: both ends get a TCP reset
 * - `truncate`: what came so far is passed on, then both ends are closed in order
 * - `blackhole`: nothing is passed on any more, and nobody is told
 * - `slow`: from then on little by little, with pauses
 * - `garble`: it arrives as another byte, which only what is encrypted can tell
 */
export type NetworkFault = 'reset' | 'truncate' | 'blackhole' | 'slow' | 'garble';

export interface ProxyOptions {
  readonly to: { readonly host?: string; readonly port: number };
  readonly listen?: { readonly host?: string; readonly port?: number };
  /** Further ports that are passed through under their own number, as FTP's data connections need. */
  readonly also?: readonly number[];
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
  /**
   * Strikes once, when `after` more bytes have gone through, over all connections. A function is called then.
   *
   * @param forGood whether no connection comes about any more from then on
   */
  strike(fault: NetworkFault | (() => void), after: number, forGood?: boolean): void;
  /** All works again; whether the last strike has happened. */
  lift(): boolean;
  stop(): Promise<void>;
}

const SLOW_PIECE = 512;
const SLOW_PAUSE_MS = 2;

export async function startProxy({ to, listen = {}, also = [], answer }: ProxyOptions): Promise<Proxy> {
  const host = listen.host ?? '127.0.0.1';
  const open = new Set<Socket>();
  let bytes = 0;
  let connections = 0;
  let isRefusing = false;
  let planned: { fault: NetworkFault | (() => void); at: number; forGood: boolean } | undefined;
  let hasStruck = false;

  const carry = (client: Socket, port: number) => {
    open.add(client);
    client.on('error', () => client.destroy()).on('close', () => open.delete(client));
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    connections += 1;
    const upstream = connect({ host: to.host ?? '127.0.0.1', port });
    open.add(upstream);
    // The proxy is to add faults, not the 40 ms for which small pieces are held back.
    for (const end of [client, upstream]) end.setNoDelay(true);
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
        const { fault, at, forGood } = planned;
        isRefusing = forGood;
        planned = undefined;
        hasStruck = true;
        await hit(fault, chunk.subarray(0, Math.max(0, at - before)), chunk, into);
        return;
      }
      if (link.state === 'slow') await dribble(chunk, into);
      else if (link.state === 'open') await write(into, chunk);
    };
    const hit = async (fault: NetworkFault | (() => void), part: Buffer, whole: Buffer, into: Socket) => {
      if (typeof fault === 'function') {
        fault();
        return;
      }
      if (fault === 'slow') {
        link.state = 'slow';
        await dribble(whole, into);
        return;
      }
      if (fault === 'garble') {
        await write(into, Buffer.concat([part, whole.subarray(part.length).map((byte) => byte ^ 0xff)]));
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
  };
  const server = createServer((client) => carry(client, to.port));
  const others = also.map((port) => createServer((client) => carry(client, port)));
  const listening = [
    [server, listen.port ?? 0] as const,
    ...others.map((one, n) => [one, also[n] ?? 0] as const),
  ];
  for (const [one, port] of listening) {
    one.listen(port, host);
    await once(one, 'listening');
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');

  return {
    host,
    port: address.port,
    bytes: () => bytes,
    connections: () => connections,
    strike(fault, after, forGood = false) {
      planned = { fault, at: bytes + after, forGood };
      hasStruck = false;
    },
    lift() {
      planned = undefined;
      isRefusing = false;
      return hasStruck;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await Promise.all([server, ...others].map((one) => once(one.close(), 'close')));
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
