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
  const answer = error.command === 'CONN' || error.command === 'API' ? undefined : error.responseCode;
  if (answer === undefined) {
    if (isBodyOut) return { kind: 'inDoubt', reason: `no answer to a message that went out: ${reason}` };
    const isAboutMessage = error.code === 'EMESSAGE' || error.code === 'EENVELOPE';
    return { kind: isAboutMessage ? 'rejected' : 'notSent', reason };
  }
  if (answer < 500) return { kind: 'deferred', reason };
  return { kind: isAboutSender(error, answer) ? 'notSent' : 'rejected', reason };
}

/** A refused sender, or a login that is missing (RFC 4954 §6), says nothing of the recipient. */
const isAboutSender = ({ command }: SmtpError, answer: number) =>
  command === 'MAIL FROM' || answer === 530 || answer === 534 || answer === 535;

/** Whether the server was reached and said no, rather than was not there. */
export const isRefusal = ({ code, responseCode }: SmtpError): boolean =>
  code === 'EAUTH' || code === 'ETLS' || isCertificate(code) || responseCode !== undefined;

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
