import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { privateFolder } from '../files/atomic.ts';

export interface CatcherOptions {
  /** A free one where none is named. */
  readonly port?: number;
  /** Keeps each message as a file in this folder; without one they stay in memory. */
  readonly dir?: string;
}

/** A message that would have gone out. */
interface CaughtMessage {
  /** The one recipient of its envelope. */
  readonly to: string;
  readonly from: string;
  /** Where it lies, with a folder. */
  readonly file?: string;
  /** Its bytes, without one. */
  readonly bytes?: Uint8Array;
}

export interface Catcher {
  readonly port: number;
  /** What to name as the transport: `smtp://127.0.0.1:…`. */
  readonly url: string;
  /** In the order of arrival. */
  readonly messages: readonly CaughtMessage[];
  close(): Promise<void>;
}

/** A mail server on the loopback that takes everything and passes nothing on: to see what a send would have done. */
export async function startCatcher({ port = 0, dir }: CatcherOptions = {}): Promise<Catcher> {
  const messages: CaughtMessage[] = [];
  let count = 0;
  if (dir !== undefined) privateFolder(dir);

  const keep = async (to: readonly string[], from: string, bytes: Buffer) => {
    const n = ++count;
    const file = dir === undefined ? undefined : join(dir, `${String(n).padStart(5, '0')}.eml`);
    if (file !== undefined) await writeFile(file, bytes, { mode: 0o600 });
    for (const address of to)
      messages.push(file === undefined ? { to: address, from, bytes } : { to: address, from, file });
  };

  const server = new SMTPServer({
    banner: 'sec catches mail here and passes nothing on',
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, { envelope }, done) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const to = envelope.rcptTo.map(({ address }) => address);
      read(stream)
        .then((bytes) => keep(to, from, bytes))
        .then(
          () => done(null),
          (error: Error) => done(error),
        );
    },
  });
  // A client that breaks off is no concern of the others.
  server.on('error', () => {});
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    port: taken,
    url: `smtp://127.0.0.1:${taken}`,
    messages,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
