import { createHmac } from 'node:crypto';
import type { Capabilities } from './capabilities.ts';
import { SmtpFailure } from './failure.ts';
import type { Reply } from './reply.ts';
import type { Wire } from './wire.ts';

/** Who sec is to a mail server. */
export interface Login {
  readonly user: string;
  readonly pass: string;
}

type Method = (wire: Wire, login: Login) => Promise<Reply>;

/**
 * In the order in which they are tried. All of them only ever run inside TLS, or on this machine: PLAIN and LOGIN
 * carry the password itself (RFC 4616), and what CRAM-MD5 carries can be guessed at (RFC 2195).
 */
const methods: Readonly<Record<string, Method>> = {
  PLAIN: (wire, { user, pass }) => wire.ask('login', `AUTH PLAIN ${base64(`\0${user}\0${pass}`)}`),
  LOGIN: async (wire, { user, pass }) => {
    expectMore(await wire.ask('login', 'AUTH LOGIN'));
    expectMore(await wire.ask('login', base64(user)));
    return wire.ask('login', base64(pass));
  },
  'CRAM-MD5': async (wire, { user, pass }) => {
    const { lines } = expectMore(await wire.ask('login', 'AUTH CRAM-MD5'));
    const challenge = Buffer.from(lines[0] ?? '', 'base64');
    const answer = createHmac('md5', pass).update(challenge).digest('hex');
    return wire.ask('login', base64(`${user} ${answer}`));
  },
};

/** Logs in by the first way that the server offers. @throws SmtpFailure, without the password in it */
export async function logIn(wire: Wire, { logins }: Capabilities, login: Login): Promise<void> {
  const [, method] = Object.entries(methods).find(([name]) => logins.has(name)) ?? [];
  if (!method)
    throw new SmtpFailure('login', {
      message: 'it offers no way of logging in that sec knows (PLAIN, LOGIN, CRAM-MD5)',
    });
  try {
    const reply = await method(wire, login);
    if (reply.code !== 235) throw new SmtpFailure('login', { reply });
  } catch (error) {
    throw error instanceof SmtpFailure ? withoutSecrets(error, login) : error;
  }
}

function expectMore(reply: Reply): Reply {
  if (reply.code === 334) return reply;
  throw new SmtpFailure('login', { reply });
}

/** A failure without the password, in none of the forms in which it was sent: servers repeat what they do not like. */
function withoutSecrets({ stage, reply, code, message }: SmtpFailure, { user, pass }: Login): SmtpFailure {
  const forms = [...[`\0${user}\0${pass}`, pass].map(base64), pass];
  const clean = (text: string) => forms.reduce((shown, secret) => shown.replaceAll(secret, '…'), text);
  const cleaned = reply && { ...reply, text: clean(reply.text), lines: reply.lines.map(clean) };
  return new SmtpFailure(stage, { message: clean(message), reply: cleaned, code });
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
