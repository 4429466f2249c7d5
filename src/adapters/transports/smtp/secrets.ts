import type { SmtpError } from './classify.ts';

/** A login whose password a server may repeat in what it says. */
export interface Login {
  readonly user: string;
  readonly pass: string;
}

/** A failure without the password, in none of the forms in which AUTH carries it (RFC 4616, LOGIN). */
export function withoutSecrets(error: SmtpError, login: Login | undefined): SmtpError {
  if (!login) return error;
  const { user, pass } = login;
  const forms = [`\0${user}\0${pass}`, `${user}\0${user}\0${pass}`, pass].map(base64);
  const clean = (text: string) =>
    [...forms, pass].reduce((shown, secret) => shown.replaceAll(secret, '…'), text);
  const { message, stack, response } = error;
  return Object.assign(error, {
    message: clean(message),
    ...(stack === undefined ? {} : { stack: clean(stack) }),
    ...(response === undefined ? {} : { response: clean(response) }),
  });
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
