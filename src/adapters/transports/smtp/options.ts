import type { ConnectionOptions } from 'node:tls';
import { fail } from '../../../core/errors/index.ts';

export interface SmtpOptions {
  /** `smtp://host:25`: without user and password. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte. */
  readonly secure: boolean;
  /** Whether nothing may be said before STARTTLS. Never false for another machine. */
  readonly mustEncrypt: boolean;
  readonly tls: ConnectionOptions;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  readonly connections: number;
  /** Longest wait for a connection, TLS included, and for the greeting. */
  readonly connectMs: number;
  /** Longest wait for an answer. RFC 5321 §4.5.3.2.6 wants ten minutes after a message. */
  readonly answerMs: number;
}

const FITS =
  'Write it as smtp://user@mail.example.com:587 or smtps://user@mail.example.com, and store the password with sec login <client> sender (or put it into SEC_SMTP_PASSWORD); ?connections=2 for fewer connections at once, ?timeout=60 for less patience in seconds.';
const CONNECTIONS = 4;
const MOST_CONNECTIONS = 50;
const ANSWER_SECONDS = 600;
const CONNECT_SECONDS = 20;
const DEFAULT_PORTS = { smtp: 587, smtps: 465 };

/**
 * Reads `smtp://` and `smtps://` addresses. Mail to another machine goes encrypted to a server whose certificate
 * is verified, or not at all; on this machine encryption is used where the server offers it.
 *
 * @throws TRANSPORT_INVALID, never with the password in it
 */
export function smtpOptions(
  url: string,
  env: Readonly<NodeJS.ProcessEnv>,
  confided?: Readonly<Record<string, string>>,
): SmtpOptions {
  const { parsed, name, secure, host, port, isHere, invalid } = smtpServer(url);
  const number = (field: string, usual: number, most: number) => {
    const value = Number(parsed.searchParams.get(field) ?? usual);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw invalid(`${field} is a number from 1 to ${most}`);
  };
  const seconds = number('timeout', ANSWER_SECONDS, ANSWER_SECONDS);
  return {
    name,
    host,
    port,
    secure,
    mustEncrypt: !secure && !isHere,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !isHere },
    login: login(parsed, env, confided, invalid),
    connections: number('connections', CONNECTIONS, MOST_CONNECTIONS),
    connectMs: Math.min(seconds, CONNECT_SECONDS) * 1000,
    answerMs: seconds * 1000,
  };
}

/** Which server an address names, and as whom. @throws TRANSPORT_INVALID */
export function smtpServer(url: string) {
  const parsed = URL.parse(url);
  const secure = parsed?.protocol === 'smtps:';
  const host = parsed?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const port = Number(parsed?.port || DEFAULT_PORTS[secure ? 'smtps' : 'smtp']);
  const name = `${secure ? 'smtps' : 'smtp'}://${parsed?.hostname ?? ''}:${port}`;
  const invalid = (problem: string) => fail('TRANSPORT_INVALID', { transport: name, problem, fits: FITS });
  if (!parsed || host === '') throw invalid('it names no host');
  const user = parsed.username === '' ? undefined : decoded(parsed.username, invalid);
  return { parsed, name, secure, host, port, user, isHere: isLoopback(host), invalid };
}

function login(
  url: URL,
  env: Readonly<NodeJS.ProcessEnv>,
  confided: Readonly<Record<string, string>> | undefined,
  invalid: (problem: string) => Error,
) {
  if (url.username === '' && !confided?.user) return undefined;
  const user = confided?.user ?? decoded(url.username, invalid);
  const given = url.password === '' ? (env.SEC_SMTP_PASSWORD ?? '') : decoded(url.password, invalid);
  const pass = confided?.password ?? given;
  if (pass === '') throw invalid('it names a user, and there is no password');
  if (/[\0\r\n]/.test(user + pass)) throw invalid('the user or password holds a line break');
  return { user, pass };
}

function decoded(text: string, invalid: (problem: string) => Error): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('a % in the user or password must be written as %25');
  }
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
