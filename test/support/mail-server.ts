import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { findProgram, isLeftOutWithout } from './programs.ts';

export interface MailServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** OpenSMTPD starts as root only, and keeps its queue below /var/spool: a view of the disk of its own gives it another. */
export function isMailServerLeftOut(): boolean {
  if (isLeftOutWithout('opensmtpd', 'smtpd') || isLeftOutWithout('util-linux', 'unshare')) return true;
  if (process.getuid?.() === 0) return false;
  console.warn('Left out: the mail server of the system (smtpd) starts only where the tests run as root.');
  return true;
}

/** A real mail server (OpenSMTPD) with a queue in a temporary folder, that hands on all it takes to `relayTo`. */
export async function startMailServer(relayTo: number, port?: number): Promise<MailServer> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-smtpd-'));
  chmodSync(dir, 0o711);
  for (const name of ['spool', 'spool/smtpd', 'run']) mkdirSync(join(dir, name), { mode: 0o711 });
  const listens = port ?? (await freePort());
  writeFileSync(
    join(dir, 'smtpd.conf'),
    `listen on 127.0.0.1 port ${listens} hostname mail.example.com
action "on" relay host smtp://127.0.0.1:${relayTo}
match from any for any action "on"
`,
  );
  const program = findProgram('smtpd') ?? 'smtpd';
  const script = `mount --bind "$1/spool" /var/spool && mount --bind "$1/run" /run && exec "$2" -d -f "$1/smtpd.conf"`;
  const child = spawn('unshare', ['-m', 'sh', '-c', script, 'sh', dir, program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const closed = once(child, 'close');
  for (let left = 100; !(await answers(listens)); left--) {
    if (left === 0 || child.exitCode !== null) throw new Error(`smtpd did not start: ${said}`);
    await wait(50);
  }
  return {
    port: listens,
    async stop() {
      child.kill('SIGTERM');
      await closed;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('data', () => socket.end('QUIT\r\n'));
  });
}
