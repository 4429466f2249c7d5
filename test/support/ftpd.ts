import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { onFullDisk } from './full-disk.ts';
import { findProgram } from './programs.ts';
import { freePort, startServer } from './server-process.ts';

/** ProFTPD on loopback with one user, whose login folder is `home`. */
export interface FtpServer {
  readonly pid: number;
  readonly port: number;
  /** First and last port for data. */
  readonly data: readonly [number, number];
  readonly user: string;
  readonly password: string;
  /** Absolute path of the login folder. */
  readonly home: string;
  /** What the server has logged so far: every command that it was sent. */
  readonly log: () => string;
  /** The server's certificate (PEM). It is self-signed. */
  readonly certificate: string;
  stop(): Promise<void>;
}

export interface FtpOptions {
  /** `required` encrypts everything (the default); `none` has no encryption at all. */
  readonly tls?: 'required' | 'none';
  /** Refuse data connections that do not resume the TLS session of their control connection. */
  readonly sessionReuse?: boolean;
  /** Without MLSD and MLST, like many an old server. */
  readonly withoutMlsd?: boolean;
  /** Further lines of the configuration. */
  readonly config?: readonly string[];
  /** Whether it goes on where a file may not grow any more. */
  readonly toleratesFullDisk?: boolean;
}

const ftpPassword = 'hunter2 & söhne';
const DATA_PORTS = 60;

/** Starts the server. @param dir an empty folder, for its keys, its configuration and `home/` */
export async function startFtpd(dir: string, options: FtpOptions = {}): Promise<FtpServer> {
  const { tls = 'required', sessionReuse = false, withoutMlsd = false, config = [] } = options;
  const home = join(dir, 'home');
  mkdirSync(home);
  const { uid, gid, username } = userInfo();
  const passwd = join(dir, 'passwd');
  writeFileSync(passwd, `kaldi:${crypted(ftpPassword)}:${uid}:${gid}::${home}:/bin/sh\n`);
  writeFileSync(join(dir, 'group'), '');
  chmodSync(passwd, 0o600);
  const port = await freePort();
  const first = 20_000 + ((port * 61) % 30_000);
  const data = [first, first + DATA_PORTS] as const;
  const lines = [
    'ServerType standalone',
    'DefaultServer on',
    `Port ${port}`,
    'DefaultAddress 127.0.0.1',
    'SocketBindTight on',
    `User ${username}`,
    `Group ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}`,
    'UseIPv6 off',
    'UseReverseDNS off',
    `PassivePorts ${data[0]} ${data[1]}`,
    `ScoreboardFile ${join(dir, 'scoreboard')}`,
    // Tidied up on a disk that is made full, it would end the server: ProFTPD dies of SIGXFSZ.
    'ScoreboardScrub off',
    `PidFile ${join(dir, 'pid')}`,
    `SystemLog ${join(dir, 'system.log')}`,
    'LogFormat commands "%m"',
    `ExtendedLog ${join(dir, 'commands.log')} ALL commands`,
    'TransferLog none',
    'WtmpLog off',
    `AuthUserFile ${passwd}`,
    'AuthOrder mod_auth_file.c',
    'RequireValidShell off',
    'RootLogin on',
    'DefaultRoot ~',
    'AllowOverwrite on',
    'UseSendfile off',
    'MaxLoginAttempts 3',
    'TimeoutIdle 60',
    ...(withoutMlsd ? ['FactsAdvertise off'] : []),
    ...(tls === 'required' ? tlsLines(dir, sessionReuse) : []),
    ...config,
  ];
  writeFileSync(join(dir, 'proftpd.conf'), `${lines.join('\n')}\n`);
  const words: [string, string[]] = [
    findProgram('proftpd') ?? 'proftpd',
    ['-n', '-q', '-c', join(dir, 'proftpd.conf')],
  ];
  const server = await startServer(...(options.toleratesFullDisk ? onFullDisk(...words) : words), { port });
  const certificate = tls === 'required' ? readFileSync(join(dir, 'tls.crt'), 'utf8') : '';
  const log = () => readFileSync(join(dir, 'commands.log'), 'utf8');
  const { pid, stop } = server;
  return { pid, port, data, user: 'kaldi', password: ftpPassword, home, log, certificate, stop };
}

function tlsLines(dir: string, sessionReuse: boolean): string[] {
  const [key, certificate] = [join(dir, 'tls.key'), join(dir, 'tls.crt')];
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2',
    '-keyout',
    key,
    '-out',
    certificate,
  );
  return [
    'LoadModule mod_tls.c',
    'TLSEngine on',
    'TLSRequired on',
    'TLSProtocol TLSv1.2 TLSv1.3',
    `TLSRSACertificateFile ${certificate}`,
    `TLSRSACertificateKeyFile ${key}`,
    ...(sessionReuse ? [] : ['TLSOptions NoSessionReuseRequired']),
  ];
}

const crypted = (password: string) => openssl('passwd', '-6', '-salt', 'saltsalt', password).trim();

function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
