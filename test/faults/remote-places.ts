import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Patience } from '../../src/adapters/hosts/file-by-file/pool.ts';
import { ftpHost } from '../../src/adapters/hosts/ftp.ts';
import { sftpHost } from '../../src/adapters/hosts/sftp.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { Host, Secrets } from '../../src/publish/index.ts';
import { startFtpd } from '../support/ftpd.ts';
import { type Proxy, startProxy } from '../support/proxy.ts';
import { plainSftpServer, startSshd } from '../support/sshd.ts';
import { filesBelow } from '../support/web-folder.ts';
import { theirs } from './sites.ts';

export type RemoteKind = 'SFTP, switched at once' | 'SFTP, file by file' | 'FTP with TLS';
export const remoteKinds: readonly RemoteKind[] = [
  'SFTP, switched at once',
  'SFTP, file by file',
  'FTP with TLS',
];

/** What a process needs to open a host: all of it fits into JSON. */
export interface RemoteOrder {
  readonly url: string;
  readonly secrets: Secrets;
  /** What time it is: later than any lease of a run before. */
  readonly now: string;
  readonly patience: Patience;
}

export const openRemote = ({ url, secrets, now, patience }: RemoteOrder): Host => {
  const options = { clock: fixedClock(now), credentials: async () => secrets, patience };
  return url.startsWith('ftp:') ? ftpHost(url, options) : sftpHost(url, options);
};

/** A web root behind a real server, reached through a proxy that can break the connection. */
export interface RemotePlace {
  readonly proxy: Proxy;
  readonly url: string;
  readonly secrets: Secrets;
  /** Keeps the place as it is now. */
  remember(): void;
  /** Puts it back to that. */
  restore(): void;
  /** What a visitor can get. */
  served(): Record<string, string>;
  /** Names in the folder of sec's records, and those of temporary files among the site's. */
  leftovers(): string[];
  stop(): Promise<void>;
}

export async function startRemote(kind: RemoteKind, dir: string): Promise<RemotePlace> {
  return kind === 'FTP with TLS' ? startFtp(dir) : startSftp(kind, dir);
}

async function startSftp(kind: RemoteKind, dir: string): Promise<RemotePlace> {
  const isLinked = kind === 'SFTP, switched at once';
  const server = await startSshd(dir, { sftp: isLinked ? 'internal-sftp' : plainSftpServer() });
  const proxy = await startProxy({ to: { port: server.port } });
  const { user, keyFile, hostKey } = server;
  const place = mkdtempSync(join(dir, 'place-'));
  if (!isLinked) withTheirs(join(place, 'www'));
  return {
    proxy,
    url: `sftp://127.0.0.1:${proxy.port}${place}/www`,
    secrets: { user, keyFile, hostKey },
    ...folder(dir, place),
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

async function startFtp(dir: string): Promise<RemotePlace> {
  const { port, data, user, password, certificate, home, stop } = await startFtpd(dir);
  const [first, last] = data;
  const also = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const proxy = await startProxy({ to: { port }, listen: { host: '127.0.0.2' }, also });
  const place = mkdtempSync(join(home, 'place-'));
  withTheirs(join(place, 'www'));
  return {
    proxy,
    url: `ftp://127.0.0.2:${proxy.port}${place.slice(home.length)}/www`,
    secrets: { user, password, certificate },
    ...folder(dir, place),
    stop: async () => {
      await proxy.stop();
      await stop();
    },
  };
}

function withTheirs(root: string): void {
  mkdirSync(root);
  writeFileSync(join(root, theirs.path), theirs.text);
}

function folder(
  dir: string,
  place: string,
): Pick<RemotePlace, 'remember' | 'restore' | 'served' | 'leftovers'> {
  const kept = join(dir, 'kept');
  const copy = (from: string, to: string) =>
    cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  const root = join(place, 'www');
  return {
    remember: () => copy(place, kept),
    restore() {
      rmSync(place, { recursive: true, force: true });
      copy(kept, place);
    },
    served: () => (existsSync(root) ? filesBelow(root) : {}),
    leftovers: () => [
      ...readdirSync(join(place, '.www.sec')).sort(),
      ...(readdirSync(root, { recursive: true }) as string[]).filter((path) => path.endsWith('.tmp')),
      ...releaseParts(place),
    ],
  };
}

function releaseParts(place: string): string[] {
  const releases = join(place, '.www.sec/releases');
  return existsSync(releases) ? readdirSync(releases).filter((name) => name.endsWith('.part')) : [];
}
