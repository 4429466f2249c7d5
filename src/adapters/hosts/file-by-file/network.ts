import { fail, isSecError, type SecError } from '../../../core/errors/index.ts';

/** What was encrypted and cannot be decrypted arrived as something else. */
export const DAMAGED = 'what came over the encrypted connection was damaged';

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such name on the net',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'nothing answers at that address and port',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'this computer is not connected',
  ETIMEDOUT: 'it stopped answering',
  ECONNRESET: 'the connection was lost',
  ECONNABORTED: 'the connection was lost',
  EPIPE: 'the connection was lost',
  EPROTO: DAMAGED,
};

/** Errors of TLS itself (nodejs.org/api/errors.html, "OpenSSL Errors"). One about a certificate has another code. */
const ofTls = /^ERR_SSL_/;

/** What the network did, in words; undefined for an error of another sort. */
export function networkProblem(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return undefined;
  return Object.hasOwn(words, code) ? words[code] : ofTls.test(code) ? DAMAGED : undefined;
}

/** Whether the network failed in a way that may pass. */
export const isNetworkFailure = (error: unknown): boolean =>
  networkProblem(error) !== undefined && (error as { code?: unknown }).code !== 'ENOTFOUND';

export interface Refusals {
  readonly target: string;
  /** Whose site it is, for the command that a message names. */
  readonly client?: string | undefined;
  /** What the host itself refused, as the end of a sentence. */
  problem(error: unknown): string | undefined;
}

/** What went wrong while a session changed something. @param live what is live now, as a sentence */
export function sessionFailure(refusals: Refusals, error: unknown, live: string): unknown {
  const { target, problem } = refusals;
  if (isSecError(error)) return refusedLogin(refusals, error, live);
  const said = networkProblem(error) ?? problem(error);
  return said === undefined ? error : fail('HOST_FAILED', { target, problem: said, live }, error);
}

/** The same while nothing but looking was done. */
export function lookFailure(refusals: Refusals, error: unknown): unknown {
  const { target, problem } = refusals;
  if (isSecError(error)) return refusedLogin(refusals, error, 'Nothing was changed.');
  const lost = networkProblem(error);
  if (lost !== undefined)
    return fail('HOST_UNREACHABLE', { target, problem: lost, live: 'Nothing was changed.' }, error);
  const said = problem(error);
  return said === undefined ? error : fail('HOST_STATE_UNREADABLE', { target, problem: said }, error);
}

/** Whoever logs in does not know whose site it is, nor what was done before. */
function refusedLogin({ target, client }: Refusals, error: SecError, live: string): SecError {
  if (!isSecError(error, 'LOGIN_REFUSED')) return error;
  const whose = client === undefined ? {} : { client };
  return fail('LOGIN_REFUSED', { ...whose, target, problem: String(error.details.problem), live }, error);
}
