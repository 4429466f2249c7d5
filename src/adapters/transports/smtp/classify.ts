import { type Outcome, plainReason } from '../../../delivery/outcome.ts';
import { networkWords } from '../network-words.ts';

/** What nodemailer's connection class says of a failure. */
export interface SmtpError extends Error {
  readonly code?: string;
  /** The system's code where `code` is nodemailer's, such as ECONNREFUSED. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  /** The command that was answered; CONN where the connection itself failed. */
  readonly command?: string;
}

/**
 * What came of one message that the server did not take.
 *
 * @param isBodyOut whether any of the message went out: from then on only an answer makes it certain (RFC 1047)
 */
export function outcomeOf(error: SmtpError, isBodyOut: boolean): Outcome {
  const reason = plainProblem(error);
  const answer = error.responseCode;
  if (answer === undefined || !isFailureReply(error)) {
    if (isBodyOut) return { kind: 'inDoubt', reason: `no answer to a message that went out: ${reason}` };
    const isAboutMessage =
      error.response === undefined && (error.code === 'EMESSAGE' || error.code === 'EENVELOPE');
    return { kind: isAboutMessage ? 'rejected' : 'notSent', reason };
  }
  if (isAboutUs(error, answer)) return { kind: 'notSent', reason };
  return { kind: answer < 500 ? 'deferred' : 'rejected', reason };
}

/**
 * Whether the server said no to the command it was asked. Anything but 4yz and 5yz (RFC 5321 §4.2.1), such as an
 * answer to something else, decides nothing.
 */
export const isFailureReply = ({ command, responseCode = 0 }: SmtpError): boolean =>
  command !== 'CONN' && command !== 'API' && responseCode >= 400 && responseCode < 600;

/**
 * Answers that say nothing of the recipient: to the sender's address, for want of a login (RFC 4954 §6), before
 * the server closes (421), of the server's own state such as a full disk (X.3.X, RFC 3463 §3.4). Offering the
 * message later costs nothing then, and nobody's tries are used up.
 */
const isAboutUs = ({ command, response = '' }: SmtpError, answer: number) =>
  command === 'MAIL FROM' ||
  [421, 530, 534, 535].includes(answer) ||
  (answer < 500 && /^\d{3}[ -]4\.3\.\d/.test(response));

/** Whether the server was reached and said no, rather than was not there. */
export const isRefusal = ({ code, originalCode, responseCode }: SmtpError): boolean =>
  code === 'EAUTH' || code === 'ETLS' || isCertificate(originalCode ?? code) || responseCode !== undefined;

/** A failure in words for a secretary, followed by the server's own where there are any. */
export function plainProblem(error: SmtpError): string {
  const own = error.originalCode ?? error.code ?? '';
  const response = error.response ? `: ${plainReason(error.response)}` : '';
  if (error.code === 'EAUTH') return `it does not accept the user and password${response}`;
  if (isCertificate(own)) return `its certificate cannot be trusted (${plainReason(error.message)})`;
  if (error.code === 'ETLS') return `it offers no encryption that works${response}`;
  if (error.response) return plainReason(error.response);
  return networkWords[own] ?? plainReason(error.message);
}

const isCertificate = (code = '') => /CERT|SELF_SIGNED|LEAF_SIGNATURE/.test(code);
