import { createServer, type Socket } from 'node:net';

/** What a sink answers; `'drop'` breaks the connection instead, `'silence'` says nothing. */
type Reply = string | 'drop' | 'silence';

export interface SinkOptions {
  readonly extensions?: readonly string[];
  readonly greeting?: () => Reply;
  readonly onMail?: (from: string) => Reply;
  readonly onRcpt?: (to: string) => Reply;
  /** The answer to a command that it does not know, such as AUTH. */
  readonly onOther?: (line: string) => Reply;
  /** The answer to a whole message. It counts as taken when this begins with a 2, and with `'take-and-drop'`; with `'take-and-refuse'` it is taken and denied. */
  readonly onMessage?: (to: string, bytes: Buffer, n: number) => Reply | 'take-and-drop' | 'take-and-refuse';
  /** Bytes of a message after which the connection breaks, for the n-th message. */
  readonly cutAfter?: (n: number) => number | undefined;
  readonly keep?: boolean;
  /** How long it thinks about each message, as a slow server does. */
  readonly latencyMs?: number;
  /** Says 354 to DATA also where nobody was accepted, as RFC 2920 §3.1 warns of. */
  readonly acceptsDataAnyway?: boolean;
}

export interface Sink {
  readonly port: number;
  readonly url: string;
  /** How often the sink took responsibility for a message to each address. */
  readonly taken: ReadonlyMap<string, number>;
  /** The messages themselves, where `keep` was asked for. */
  readonly messages: readonly { readonly to: string; readonly bytes: Buffer }[];
  readonly connections: number;
  /** Every command line that was said to it, where `keep` was asked for. */
  readonly commands: readonly string[];
  /** Breaks every connection, and refuses new ones, as a machine that goes down. */
  stop(): Promise<void>;
}

const endings: Readonly<Record<string, Reply>> = {
  'take-and-drop': 'drop',
  'take-and-refuse': '554 5.3.0 Error',
};

/** A mail server on the loopback that counts what it takes and misbehaves on request. Port 0 takes a free one. */
export async function startSink(options: SinkOptions = {}, port = 0): Promise<Sink> {
  const taken = new Map<string, number>();
  const messages: { to: string; bytes: Buffer }[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let count = 0;

  const take = (to: string, bytes: Buffer) => {
    taken.set(to, (taken.get(to) ?? 0) + 1);
    if (options.keep) messages.push({ to, bytes: unstuffed(bytes) });
  };

  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const say = (reply: Reply) => {
      if (reply === 'drop') socket.destroy();
      else if (reply !== 'silence') socket.write(`${reply}\r\n`);
    };
    let to = '';
    let body: Buffer[] | undefined;
    let size = 0;
    let rest: Buffer = Buffer.alloc(0);
    let isThinking = false;
    say(options.greeting?.() ?? '220 sink.example ESMTP');

    const endOfMessage = (bytes: Buffer) => {
      if (options.latencyMs === undefined) return answer(bytes);
      isThinking = true;
      setTimeout(() => {
        isThinking = false;
        if (socket.destroyed) return;
        answer(bytes);
        to = '';
        proceed();
      }, options.latencyMs);
    };

    const answer = (bytes: Buffer) => {
      const reply = options.onMessage?.(to, bytes, count) ?? '250 2.0.0 Ok: queued as Q1';
      count++;
      if (reply.startsWith('take-and-') || reply.startsWith('2')) take(to, bytes);
      say(endings[reply] ?? reply);
    };

    const command = (line: string) => {
      if (options.keep) commands.push(line);
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO')
        say(
          [
            '250-sink.example',
            ...(options.extensions ?? ['PIPELINING', '8BITMIME']).map((e) => `250-${e}`),
            '250 HELP',
          ].join('\r\n'),
        );
      else if (verb === 'MAIL') say(options.onMail?.(line.slice(11).split('>')[0] ?? '') ?? '250 2.1.0 Ok');
      else if (verb === 'RCPT') {
        const address = line.slice(9).split('>')[0] ?? '';
        const reply = options.onRcpt?.(address) ?? '250 2.1.5 Ok';
        to = reply.startsWith('2') ? address : '';
        say(reply);
      } else if (verb === 'DATA') {
        if (to === '' && !options.acceptsDataAnyway) say('503 5.5.1 no valid recipients');
        else {
          body = [];
          size = 0;
          say('354 go on');
        }
      } else if (verb === 'RSET' || verb === 'NOOP') {
        to = '';
        say('250 2.0.0 Ok');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say(options.onOther?.(line) ?? '502 5.5.2 unknown');
    };

    const proceed = () => {
      while (rest.length > 0 && !socket.destroyed && !isThinking) {
        if (body) {
          const end = rest.indexOf('\r\n.\r\n');
          size += end < 0 ? rest.length : end;
          const cut = options.cutAfter?.(count);
          if (cut !== undefined && size >= cut) {
            count++;
            socket.destroy();
            return;
          }
          if (end < 0) {
            // The end mark may be split between two packets.
            const safe = Math.max(0, rest.length - 4);
            if (safe === 0) return;
            body.push(Buffer.from(rest.subarray(0, safe)));
            size -= rest.length - safe;
            rest = rest.subarray(safe);
            return;
          }
          const bytes = Buffer.concat([...body, rest.subarray(0, end + 2)]);
          body = undefined;
          rest = rest.subarray(end + 5);
          endOfMessage(bytes);
          if (!isThinking) to = '';
          continue;
        }
        const end = rest.indexOf('\r\n');
        if (end < 0) return;
        const line = rest.toString('utf8', 0, end);
        rest = rest.subarray(end + 2);
        command(line);
      }
    };
    socket.on('data', (chunk: Buffer) => {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      proceed();
    });
  });

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  return {
    port: address.port,
    url: `smtp://127.0.0.1:${address.port}`,
    taken,
    messages,
    commands,
    get connections() {
      return connections;
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const unstuffed = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace(/^\./gm, ''), 'latin1');
