import { catalogue, type ErrorCode, type ErrorParams } from './catalogue.ts';
import { type ErrorEntry, exitCodes } from './entry.ts';

/** A failure from the catalogue, ready to be shown. Only `fail` makes one. */
export class SecError extends Error {
  override readonly name = 'SecError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly exitCode: number;
  /** The parameters of the message: what `--json` shows under `details`. Never secrets or addresses. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, params: Record<string, unknown>, options?: ErrorOptions) {
    const found = catalogue[code] as ErrorEntry<Record<string, unknown>>;
    super(found.message(params), options);
    this.code = code;
    this.hint = found.hint(params);
    this.exitCode = exitCodes[found.exit];
    this.details = params;
  }
}

/**
 * Makes the error `code` of the catalogue; the caller throws it: `throw fail('CLIENT_UNKNOWN', {…})`.
 * `cause` is kept for SEC_DEBUG and never shown otherwise.
 */
export function fail<C extends ErrorCode>(code: C, params: ErrorParams<C>, cause?: unknown): SecError {
  return new SecError(code, params as Record<string, unknown>, cause === undefined ? undefined : { cause });
}

/** Whether `error` is a SecError, of the given code where one is named. */
export function isSecError(error: unknown, code?: ErrorCode): error is SecError {
  return error instanceof SecError && (code === undefined || error.code === code);
}
