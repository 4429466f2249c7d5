import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { fail } from '../../../core/errors/index.ts';

export interface SmtpOptions {
  /** `smtp://host:25`: without user and password. */
  readonly name: string;
  readonly connection: SMTPConnectionOptions;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  readonly connections: number;
}

const FITS =
  'Write it as smtp://user@mail.example.com:587 or smtps://user@mail.example.com, with the password in SEC_SMTP_PASSWORD; ?connections=2 for fewer connections at once.';
const CONNECTIONS = 4;
const MOST_CONNECTIONS = 50;
const DEFAULT_PORTS = { smtp: 587, smtps: 465 };

/**
 * Reads `smtp://` and `smtps://` addresses. Mail to another machine goes encrypted to a server whose certificate
 * is verified, or not at all; on this machine encryption is used where the server offers it.
 *
 * @throws TRANSPORT_INVALID, never with the password in it
 */
export function smtpOptions(url: string, env: Readonly<NodeJS.ProcessEnv>): SmtpOptions {
  const parsed = URL.parse(url);
  const secure = parsed?.protocol === 'smtps:';
  const host = parsed?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const port = Number(parsed?.port || DEFAULT_PORTS[secure ? 'smtps' : 'smtp']);
  const name = `${secure ? 'smtps' : 'smtp'}://${parsed?.hostname ?? ''}:${port}`;
  const invalid = (problem: string) => fail('TRANSPORT_INVALID', { transport: name, problem, fits: FITS });
  if (!parsed || host === '') throw invalid('it names no host');
  const connections = Number(parsed.searchParams.get('connections') ?? CONNECTIONS);
  if (!Number.isInteger(connections) || connections < 1 || connections > MOST_CONNECTIONS)
    throw invalid(`connections is a number from 1 to ${MOST_CONNECTIONS}`);
  const isHere = isLoopback(host);
  return {
    name,
    connections,
    login: login(parsed, env, invalid),
    connection: {
      host,
      port,
      secure,
      requireTLS: !secure && !isHere,
      opportunisticTLS: !secure && isHere,
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !isHere },
      allowInternalNetworkInterfaces: isHere,
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 300_000,
    },
  };
}

function login(url: URL, env: Readonly<NodeJS.ProcessEnv>, invalid: (problem: string) => Error) {
  if (url.username === '') return undefined;
  const user = decoded(url.username, invalid);
  const pass = url.password === '' ? (env.SEC_SMTP_PASSWORD ?? '') : decoded(url.password, invalid);
  if (pass === '') throw invalid('it names a user, and there is no password');
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
