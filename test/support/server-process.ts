import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A port of 127.0.0.1 that nothing listens on now. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

export interface ServerProcess {
  readonly pid: number;
  /** What it wrote to stderr so far. */
  readonly log: () => string;
  stop(): Promise<void>;
}

/** Starts a server that stays in the foreground, and waits until its port answers. */
export async function startServer(
  command: string,
  args: readonly string[],
  { port, host = '127.0.0.1' }: { port: number; host?: string },
): Promise<ServerProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const gone = once(child, 'exit');
  for (let tries = 0; !(await answers(host, port)); tries++) {
    if (child.exitCode !== null || tries > 200) throw new Error(`${command} did not start:\n${log}`);
    await wait(25);
  }
  return { pid: child.pid ?? 0, log: () => log, stop: () => stop(child, gone) };
}

async function stop(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await gone;
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
