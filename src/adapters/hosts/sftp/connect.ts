import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, type ConnectConfig, type ServerHostKeyAlgorithm, type SFTPWrapper } from 'ssh2';
import { fail } from '../../../core/errors/index.ts';
import type { HostIdentity, Secrets } from '../../../publish/index.ts';
import type { HostAddress } from '../file-by-file/address.ts';
import { UNTOUCHED } from '../file-by-file/stage.ts';

export interface SftpConnection {
  readonly client: Client;
  readonly sftp: SFTPWrapper;
  /** Set when either end has closed it. */
  isGone: boolean;
}

/**
 * Logs in over SSH. The host must show the key that was stored: SSH proves it before any login is sent
 * (RFC 4253, section 8), and another key ends the connection there.
 *
 * @param silence milliseconds without an answer after which the connection counts as gone
 * @throws HOST_IDENTITY_CHANGED, LOGIN_REFUSED, and ssh2's errors
 */
export async function connectSftp(
  address: HostAddress,
  secrets: Secrets,
  silence: number,
): Promise<SftpConnection> {
  const pinned = secrets.hostKey ?? '';
  const client = new Client();
  let shown: Buffer | undefined;
  const verify = (key: Buffer) => {
    shown = key;
    return keyText(key) === pinned;
  };
  try {
    await ready(client, {
      ...base(address, silence),
      ...loginOf(address, secrets),
      algorithms: { serverHostKey: hostKeyAlgorithms(pinned) },
      hostVerifier: verify,
    });
    const connection: SftpConnection = { client, sftp: await openSftp(client), isGone: false };
    const gone = () => {
      connection.isGone = true;
    };
    client.on('close', gone).on('end', gone).on('error', gone);
    connection.sftp.on('close', gone).on('error', gone);
    return connection;
  } catch (error) {
    client.on('error', () => undefined).destroy();
    if (shown && keyText(shown) !== pinned)
      throw fail('HOST_IDENTITY_CHANGED', {
        target: address.target,
        what: 'SSH host key',
        shown: fingerprint(shown),
        expected: pinned === '' ? 'none' : fingerprint(Buffer.from(pinned.split(' ')[1] ?? '', 'base64')),
      });
    if ((error as { level?: string }).level === 'client-authentication') {
      const problem = 'it does not accept the user with this password or key';
      throw fail('LOGIN_REFUSED', { target: address.target, problem, live: UNTOUCHED }, error);
    }
    throw error;
  }
}

/** The key that a host shows. The connection ends before any login. @throws ssh2's errors */
export async function readHostKey(address: HostAddress, silence: number): Promise<HostIdentity> {
  const client = new Client();
  let shown: Buffer | undefined;
  const hostVerifier = (key: Buffer) => {
    shown = key;
    return false;
  };
  try {
    await ready(client, { ...base(address, silence), username: 'sec', hostVerifier });
  } catch (error) {
    if (!shown) throw error;
  } finally {
    client.on('error', () => undefined).destroy();
  }
  if (!shown) throw new Error('The host showed no key.');
  return { what: 'SSH host key', fingerprint: fingerprint(shown), pin: { hostKey: keyText(shown) } };
}

function base({ host, port }: HostAddress, silence: number): ConnectConfig {
  return { host, port, readyTimeout: silence, keepaliveInterval: silence / 3, keepaliveCountMax: 3 };
}

function loginOf({ user }: HostAddress, secrets: Secrets): Partial<ConnectConfig> {
  const key = secrets.privateKey ?? (secrets.keyFile === undefined ? undefined : readKey(secrets.keyFile));
  return {
    username: secrets.user ?? user ?? '',
    ...(secrets.password === undefined ? {} : { password: secrets.password }),
    ...(key === undefined ? {} : { privateKey: key }),
    ...(key === undefined || secrets.passphrase === undefined ? {} : { passphrase: secrets.passphrase }),
    ...(secrets.agent === undefined ? {} : { agent: secrets.agent }),
  };
}

function readKey(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const level = 'client-authentication';
    throw Object.assign(new Error('The key file cannot be read.', { cause: error }), { level });
  }
}

function ready(client: Client, config: ConnectConfig): Promise<void> {
  return new Promise((done, failed) => {
    client
      .once('ready', () => done())
      .once('error', (error) => failed(named(error)))
      .once('close', () => failed(closed()))
      .connect(config)
      // Requests are small and each waits for its answer: held back, every one of them takes 40 ms.
      .setNoDelay(true);
  });
}

function openSftp(client: Client): Promise<SFTPWrapper> {
  return new Promise((done, failed) => {
    client.once('close', () => failed(closed()));
    client.sftp((error, sftp) => (error ? failed(error) : done(sftp)));
  });
}

/** What cannot be decrypted comes from Node's crypto as it is, without the code or level of ssh2's own errors. */
function named(error: Error & { readonly code?: unknown; readonly level?: unknown }): Error {
  return error.code === undefined && error.level === undefined
    ? Object.assign(error, { code: 'EPROTO' })
    : error;
}

const closed = () => Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' });

/** `ssh-ed25519 AAAA…`: the type is the first field of the key itself (RFC 4253, section 6.6). */
function keyText(key: Buffer): string {
  const type = key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
  return `${type} ${key.toString('base64')}`;
}

/** As `ssh-keygen -l` shows it. */
const fingerprint = (key: Buffer) =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** Asks for the kind of key that was stored: a host may have several, and shows the first one that is asked for. */
function hostKeyAlgorithms(pinned: string): ServerHostKeyAlgorithm[] {
  if (pinned.startsWith('ssh-rsa ')) return ['rsa-sha2-512', 'rsa-sha2-256'];
  for (const type of [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
  ] as const)
    if (pinned.startsWith(`${type} `)) return [type];
  return ['ssh-ed25519'];
}
