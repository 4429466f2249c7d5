import type { Reply } from './reply.ts';

/** Where in the conversation it failed. */
export type Stage = 'connect' | 'encrypt' | 'login' | 'mail' | 'rcpt' | 'data' | 'body';

/** Why a conversation with a mail server came to nothing. */
export class SmtpFailure extends Error {
  readonly stage: Stage;
  /** The server's own word, where it said no. */
  readonly reply: Reply | undefined;
  /** The system's code, such as ECONNREFUSED or a certificate's. */
  readonly code: string | undefined;
  /** The answers do not fit what was said: an earlier one may belong to something else, too. */
  readonly isAstray: boolean;

  constructor(stage: Stage, { message = '', reply, code, isAstray = false }: SmtpFailureParts) {
    super(message || reply?.text || code || 'the connection broke');
    this.stage = stage;
    this.reply = reply;
    this.code = code;
    this.isAstray = isAstray;
  }
}

interface SmtpFailureParts {
  readonly message?: string | undefined;
  readonly reply?: Reply | undefined;
  readonly code?: string | undefined;
  readonly isAstray?: boolean;
}

/** What the system or TLS says of a connection, at a stage of the conversation. */
export function lost(stage: Stage, error: unknown): SmtpFailure {
  if (error instanceof SmtpFailure) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new SmtpFailure(stage, { message, code: code ?? 'ECONNRESET' });
}
