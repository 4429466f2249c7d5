import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { onFullDisk } from './full-disk.ts';
import { findProgram } from './programs.ts';
import { freePort, startServer } from './server-process.ts';

/** OpenSSH's sshd on loopback, with keys of its own and one user: whoever runs the tests. */
export interface SshServer {
  readonly pid: number;
  readonly port: number;
  readonly user: string;
  /** `ssh-ed25519 AAAA…`, as a pin is stored. */
  readonly hostKey: string;
  /** Absolute path of the private key that is let in. */
  readonly keyFile: string;
  /** Absolute path of a known_hosts file with this server, for clients that want one. */
  readonly knownHosts: string;
  /** What the server has told so far; `LogLevel` says how much that is. */
  readonly log: () => string;
  /** Processes of the server end with it. */
  stop(): Promise<void>;
}

export interface SshOptions {
  /** The command behind the subsystem `sftp`. */
  readonly sftp?: string;
  /** Further lines of sshd_config. */
  readonly config?: readonly string[];
  /** Whether it goes on where a file may not grow any more. */
  readonly toleratesFullDisk?: boolean;
}

/** The OpenSSH extensions that a plain SFTP server lacks (PROTOCOL, section 4, of OpenSSH). */
const extensions =
  'posix-rename,hardlink,statvfs,fstatvfs,fsync,lsetstat,limits,expand-path,copy-data,home-directory,users-groups-by-id';

/** OpenSSH's sftp-server without any of its extensions: an SFTP server of version 3 and nothing more. */
export const plainSftpServer = (): string => `${program('sftp-server')} -P ${extensions}`;

/** Starts sshd. @param dir an empty folder, for its keys and configuration */
export async function startSshd(dir: string, options: SshOptions = {}): Promise<SshServer> {
  const { sftp = 'internal-sftp', config = [], toleratesFullDisk = false } = options;
  const [hostKeyFile, keyFile] = [makeKey(dir, 'host'), makeKey(dir, 'client')];
  const port = await freePort();
  const { username: user, uid } = userInfo();
  // Where root starts it, sshd wants the folder that it drops its rights in.
  if (uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKeyFile}`,
    `AuthorizedKeysFile ${keyFile}.pub`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'MaxStartups 200',
    'MaxSessions 100',
    // A bash that takes itself for an inner one does not read ~/.bashrc, which may take longer than the command.
    'SetEnv SHLVL=1',
    `Subsystem sftp ${sftp}`,
    ...config,
  ];
  writeFileSync(join(dir, 'sshd_config'), `${lines.join('\n')}\n`);
  const words: [string, string[]] = [program('sshd'), ['-D', '-e', '-f', join(dir, 'sshd_config')]];
  const server = await startServer(...(toleratesFullDisk ? onFullDisk(...words) : words), { port });
  const hostKey = publicKey(hostKeyFile);
  const knownHosts = join(dir, 'known_hosts');
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ${hostKey}\n`);
  const { pid, log, stop } = server;
  return { pid, port, user, hostKey, keyFile, knownHosts, log, stop };
}

/** Makes a key pair and returns the path of its private half. */
export function makeKey(dir: string, name: string, passphrase = ''): string {
  const file = join(dir, `${name}_key`);
  execFileSync(program('ssh-keygen'), ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', file]);
  return file;
}

/** `ssh-ed25519 AAAA…`, without the comment. */
export const publicKey = (keyFile: string): string =>
  readFileSync(`${keyFile}.pub`, 'utf8').split(' ').slice(0, 2).join(' ').trim();

function program(name: string): string {
  const found = findProgram(name);
  if (found === undefined) throw new Error(`There is no ${name} on this machine.`);
  return found;
}
