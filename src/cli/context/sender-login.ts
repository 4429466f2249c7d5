import { fail } from '../../core/errors/index.ts';
import type { HostLogin, LoginQuestion, Secrets } from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openVault } from './vault.ts';

/** The word for what carries the mail, where a host could be named as well, and its name in the client's vault. */
export const SENDER = 'sender';

/**
 * How a client's mail server or service is logged in to. The test says hello, logs in and goes: no mail is sent.
 *
 * @throws TRANSPORT_MISSING, TRANSPORT_INVALID; LOGIN_NOT_NEEDED for a folder of this computer
 */
export async function senderLogin(context: Context, client: Client): Promise<HostLogin> {
  const address = client.config.sender?.transport;
  if (address === undefined) throw fail('TRANSPORT_MISSING', { client: client.name });
  const { openTransport, transportAccount } = await import('../../adapters/transports/registry.ts');
  const account = await transportAccount(address);
  if (!account) throw fail('LOGIN_NOT_NEEDED', { client: client.name, target: address });
  const { server, user = client.config.sender?.email } = account;
  return {
    target: server,
    questions: account.kind === 'key' ? keyQuestions : passwordQuestions(user),
    // Both are reached over TLS under a certificate that a public authority vouches for.
    identify: async () => undefined,
    about: { server },
    async test(login) {
      const { env, clock } = context;
      const transport = await openTransport(address, { env, clock, root: context.workspace().root, login });
      try {
        await transport.check();
      } finally {
        await transport.close();
      }
    },
  };
}

const keyQuestions: readonly LoginQuestion[] = [
  { key: 'apiKey', question: 'The API key (SendGrid: Settings, API Keys; it may send mail)', isSecret: true },
];

const passwordQuestions = (user: string | undefined): readonly LoginQuestion[] => [
  {
    key: 'user',
    question: 'As which user does the mail server know you?',
    isSecret: false,
    ...(user === undefined ? {} : { initial: user }),
  },
  { key: 'password', question: 'The password', isSecret: true },
];

/**
 * The login that was stored for the server that an address names, for no other one: a password is confided to one
 * server. Undefined where there is none, and without opening the vault where none can be needed.
 */
export async function storedSenderLogin(
  context: Context,
  client: Client,
  address: string,
): Promise<Secrets | undefined> {
  const { transportAccount } = await import('../../adapters/transports/registry.ts');
  const account = await transportAccount(address);
  if (!account) return undefined;
  const login = await (await openVault(context, client)).read(SENDER);
  if (login?.server !== account.server) return undefined;
  return account.user === undefined || account.user === login.user ? login : undefined;
}
