import { X509Certificate } from 'node:crypto';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { Client, FTPError } from 'basic-ftp';
import { fail } from '../../../core/errors/index.ts';
import type { HostIdentity, Secrets } from '../../../publish/index.ts';
import type { HostAddress } from '../file-by-file/address.ts';
import { UNTOUCHED } from '../file-by-file/stage.ts';
import { patientClient } from './patient-client.ts';

/** The client's agreement to FTP without encryption, as site.yaml has it. */
export interface PlainFtp {
  /** Day, ISO 8601. */
  readonly agreed: string;
  readonly by: string;
}

export interface FtpConnection {
  readonly client: Client;
  readonly isEncrypted: boolean;
  /** What the server says that it can do (RFC 2389). */
  readonly features: ReadonlyMap<string, string>;
}

export interface FtpWays {
  /** Milliseconds without an answer after which the connection counts as gone. */
  readonly silence: number;
  /** Present where the client agreed to go without encryption. */
  readonly plain: PlainFtp | undefined;
}

/**
 * Logs in. Encryption is agreed on, and the certificate checked, before any login is sent (RFC 4217). Without
 * encryption only where the server has none and the client agreed to that.
 *
 * @throws FTP_NOT_ENCRYPTED, HOST_IDENTITY_CHANGED, LOGIN_REFUSED, and basic-ftp's errors
 */
export async function connectFtp(
  address: HostAddress,
  secrets: Secrets,
  { silence, plain }: FtpWays,
): Promise<FtpConnection> {
  const client = patientClient(silence);
  const { target } = address;
  try {
    await client.connect(address.host, address.port);
    const isEncrypted = await encrypt(client, address, secrets.certificate);
    if (!isEncrypted && !plain) throw fail('FTP_NOT_ENCRYPTED', { target });
    try {
      await client.login(secrets.user ?? address.user ?? '', secrets.password ?? '');
    } catch (error) {
      if (!(error instanceof FTPError) || error.code !== 530) throw error;
      if (/too many|maximum|limit/i.test(error.message)) throw error;
      const problem = 'it does not accept the user with this password';
      throw fail('LOGIN_REFUSED', { target, problem, live: UNTOUCHED });
    }
    await client.useDefaultSettings();
    return { client, isEncrypted, features: await client.features() };
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * The certificate that a server shows, where no public authority vouches for it. Nothing is sent but the wish to
 * encrypt.
 *
 * @throws FTP_NOT_ENCRYPTED
 */
export async function readCertificate(
  address: HostAddress,
  { silence, plain }: FtpWays,
): Promise<HostIdentity | undefined> {
  const client = new Client(silence);
  try {
    await client.connect(address.host, address.port);
    if (!(await offersTls(client))) {
      if (plain) return undefined;
      throw fail('FTP_NOT_ENCRYPTED', { target: address.target });
    }
    const socket = await upgrade(client, { host: address.host, rejectUnauthorized: false });
    if (socket.authorized) return undefined;
    const certificate = peer(socket);
    if (!certificate) throw fail('FTP_NOT_ENCRYPTED', { target: address.target });
    return {
      what: 'TLS certificate',
      fingerprint: fingerprint(certificate),
      pin: { certificate: certificate.toString() },
    };
  } finally {
    client.close();
  }
}

/** @param pinned PEM; undefined where a public authority must vouch for the server. @returns false where it has no TLS */
async function encrypt(client: Client, address: HostAddress, pinned: string | undefined): Promise<boolean> {
  const { host, target } = address;
  // A pinned certificate stands for itself, whatever name and issuer it has; on data connections too.
  const trust: ConnectionOptions = pinned
    ? { ca: [pinned], allowPartialTrustChain: true, checkServerIdentity: () => undefined }
    : {};
  try {
    await client.useTLS({ host, ...trust });
    return true;
  } catch (error) {
    if (error instanceof FTPError) return false;
    const { code } = error as { code?: string };
    if (code === undefined || !certificateCodes.test(code)) throw error;
    throw fail('HOST_IDENTITY_CHANGED', {
      target,
      what: 'TLS certificate',
      shown: (await shownBy(address)) ?? 'one that no public authority vouches for',
      expected: pinned ? fingerprint(new X509Certificate(pinned)) : 'one that a public authority vouches for',
    });
  }
}

/** What Node says of a certificate that it does not trust (X509_V_ERR_… of OpenSSL). */
const certificateCodes =
  /CERT|SIGNATURE|ISSUER|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME|INVALID_CA|CRL|ERR_TLS_CERT/;

async function shownBy(address: HostAddress): Promise<string | undefined> {
  try {
    return (await readCertificate(address, { silence: 10_000, plain: undefined }))?.fingerprint;
  } catch {
    return undefined;
  }
}

async function offersTls(client: Client): Promise<boolean> {
  try {
    await client.send('AUTH TLS');
    return true;
  } catch (error) {
    if (error instanceof FTPError) return false;
    throw error;
  }
}

function upgrade(client: Client, options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((done, failed) => {
    client.ftp.socket.removeAllListeners();
    const socket = connectTls({ ...options, socket: client.ftp.socket }, () => done(socket));
    socket.once('error', failed);
  });
}

const peer = (socket: TLSSocket): X509Certificate | undefined => socket.getPeerX509Certificate();

/** As OpenSSL names it, in pairs. */
const fingerprint = (certificate: X509Certificate) => `SHA256:${certificate.fingerprint256}`;
