import { type Outcome, plainReason } from '../../../delivery/outcome.ts';
import { networkWords } from '../network-words.ts';
import type { SmtpFailure, Stage } from './failure.ts';
import type { Reply } from './reply.ts';

/** Whether a command was done. */
export const isYes = ({ code }: Reply) => code >= 200 && code < 300;

/** Whether it was refused: anything else decides nothing (RFC 5321 §4.2.1). */
export const isNo = ({ code }: Reply) => code >= 400 && code < 600;

/** What a server's no to one message means. */
export function refusal(stage: Stage, reply: Reply): Outcome {
  const reason = plainReason(reply.text);
  if (isAboutUs(stage, reply)) return { kind: 'notSent', reason };
  return { kind: reply.code < 500 ? 'deferred' : 'rejected', reason };
}

/** A message that went out, and no answer that decides anything came (RFC 1047). */
export const unanswered = (failure: SmtpFailure): Outcome => ({
  kind: 'inDoubt',
  reason: `no answer to a message that went out: ${plainProblem(failure)}`,
});

/**
 * Answers that say nothing of the recipient: to the sender's address, for want of a login (RFC 4954 §6), before
 * the server closes (421), of the server's own state such as a full disk (X.3.X, RFC 3463 §3.4). Offering the
 * message later costs nothing then, and nobody's tries are used up.
 */
const isAboutUs = (stage: Stage, { code, lines: [first = ''] }: Reply) =>
  stage === 'mail' || [421, 530, 534, 535].includes(code) || (code < 500 && /^4\.3\.\d/.test(first));

/** Whether the server was reached and said no, rather than was not there. */
export const isRefusal = ({ stage, code, reply }: SmtpFailure): boolean =>
  stage === 'login' || stage === 'encrypt' || isCertificate(code) || reply !== undefined;

/** A failure in words for a secretary, followed by the server's own where there are any. */
export function plainProblem(failure: SmtpFailure): string {
  const { stage, reply, code, message } = failure;
  if (isCertificate(code)) return `its certificate cannot be trusted (${plainReason(message)})`;
  const words = reply ? `: ${plainReason(reply.text)}` : '';
  if (stage === 'login' && reply) return `it does not accept the user and password${words}`;
  if (stage === 'encrypt') return `it offers no encryption that works${words || `: ${plainReason(message)}`}`;
  if (reply) return plainReason(reply.text);
  return networkWords[code ?? ''] ?? plainReason(message);
}

const isCertificate = (code = '') => /CERT|SELF_SIGNED|LEAF_SIGNATURE/.test(code);
