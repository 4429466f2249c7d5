import { resolve } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { Transport } from '../../delivery/transport.ts';

export interface TransportOptions {
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly clock: Clock;
  /** The folder that relative paths in a transport's address start from: the workspace. */
  readonly root: string;
  /** What was confided for this very server: user and password, or an API key. It goes before the environment's. */
  readonly login?: Login | undefined;
  /** How many mails will go, about: for many, a transport may take more of the machine. */
  readonly mails?: number | undefined;
}

type Login = Readonly<Record<string, string>>;

type Opener = (address: string, options: TransportOptions) => Promise<Transport>;

/** One line per kind of transport; each is loaded when it is asked for. */
const transports: Readonly<Record<string, Opener>> = {
  smtp: async (address, options) => (await import('./smtp.ts')).smtpTransport(address, options.env, options),
  smtps: async (address, options) => (await import('./smtp.ts')).smtpTransport(address, options.env, options),
  sendgrid: async (address, { env, clock, login }) =>
    (await import('./sendgrid.ts')).sendgridTransport(env, clock, { address, apiKey: login?.apiKey }),
  outbox: async (address, { root }) => {
    const { outboxTransport } = await import('./outbox.ts');
    return outboxTransport(resolve(root, outboxFolder(address)), address);
  },
};

/**
 * Opens what a transport's address names: `smtp://host:port`, `smtps://…`, `sendgrid:` or `outbox:DIR`.
 *
 * @throws TRANSPORT_INVALID, never with a password in it
 */
export async function openTransport(address: string, options: TransportOptions): Promise<Transport> {
  const kind = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase() ?? '';
  const opener = transports[kind];
  if (opener) return opener(address, options);
  const near = nearNames(kind, Object.keys(transports));
  throw fail('TRANSPORT_INVALID', {
    transport: kind === '' ? address.replace(/:.*/s, '') : `${kind}:`,
    problem: kind === '' ? 'it does not begin with a kind and a colon' : 'there is no transport of this kind',
    fits: `Write one of smtp://host:port, smtps://host:port, sendgrid: or outbox:DIR${near[0] ? `; did you mean ${near[0]}:?` : '.'}`,
  });
}

/** An account with a mail server or service. */
export interface TransportAccount {
  readonly kind: 'password' | 'key';
  /** Whose account it is, without the user: `smtps://mail.example.com:465`. */
  readonly server: string;
  /** The user whom the address names. */
  readonly user?: string | undefined;
}

/**
 * The account that an address needs a login for; undefined where it needs none: a folder, or a mail server of this
 * computer where no user is named.
 *
 * @throws TRANSPORT_INVALID
 */
export async function transportAccount(address: string): Promise<TransportAccount | undefined> {
  if (/^sendgrid:/i.test(address)) return { kind: 'key', server: 'sendgrid:' };
  if (!/^smtps?:/i.test(address)) return undefined;
  const { smtpServer } = await import('./smtp/options.ts');
  const { name, user, isHere } = smtpServer(address);
  return isHere && user === undefined ? undefined : { kind: 'password', server: name, user };
}

/** The folder that an outbox's address names, absolute; undefined for another transport. @throws TRANSPORT_INVALID */
export const outboxOf = (address: string, root: string): string | undefined =>
  /^outbox:/i.test(address) ? resolve(root, outboxFolder(address)) : undefined;

function outboxFolder(address: string): string {
  const folder = address.slice(address.indexOf(':') + 1);
  if (folder !== '') return folder;
  throw fail('TRANSPORT_INVALID', {
    transport: address,
    problem: 'it names no folder',
    fits: 'Write it as outbox:DIR, such as outbox:outbox/spring',
  });
}
