import { plainReason } from '../../../delivery/outcome.ts';

/** An answer of the API, as far as it matters here. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What an answer means for the mails of its request. */
export type Verdict =
  /** `pauseMs` where it was the last that may be asked for now. */
  | { readonly kind: 'accepted'; readonly id: string | null; readonly pauseMs?: number }
  /** Those at these places of the request are refused; the others can be sent without them. */
  | { readonly kind: 'someRefused'; readonly places: ReadonlyMap<number, string> }
  | { readonly kind: 'tooLarge'; readonly reason: string }
  | { readonly kind: 'notSent'; readonly reason: string; readonly pauseMs?: number }
  | { readonly kind: 'inDoubt'; readonly reason: string };

const DEFAULT_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 900_000;

/**
 * 202 is the only yes. 4xx is a certain no (https://www.twilio.com/docs/sendgrid/api-reference/mail-send). After
 * a 5xx nobody knows: there is no idempotency key to ask again with.
 */
export function verdictOf(answer: Answer, now: Temporal.Instant): Verdict {
  const { status, headers } = answer;
  const reason = reasonOf(answer);
  if (status === 202) {
    const isLast = text(headers['x-ratelimit-remaining']) === '0';
    const id = text(headers['x-message-id']) ?? null;
    return { kind: 'accepted', id, ...(isLast ? { pauseMs: pauseOf(headers, now) } : {}) };
  }
  if (status === 429) return { kind: 'notSent', reason, pauseMs: pauseOf(headers, now) };
  if (status === 413) return { kind: 'tooLarge', reason };
  if (status === 400) {
    const places = refusedPlaces(answer.body);
    return places.size > 0 ? { kind: 'someRefused', places } : { kind: 'notSent', reason };
  }
  if (status >= 300 && status < 500) return { kind: 'notSent', reason };
  return { kind: 'inDoubt', reason };
}

/** What an answer in sandbox mode finds wrong: 200 is the only yes, and 202 means that the mode was passed over. */
export function faultOf(answer: Answer): string | undefined {
  if (answer.status === 200) return undefined;
  if (answer.status === 202) return '202, it took the mail instead of only checking it, so a copy may arrive';
  return reasonOf(answer);
}

interface ApiError {
  readonly message?: unknown;
  readonly field?: unknown;
}

/** `personalizations.17.to.0.email` → 17. */
function refusedPlaces(body: unknown): Map<number, string> {
  const places = new Map<number, string>();
  for (const { field, message } of errorsOf(body)) {
    const place = /^personalizations\.(\d+)\./.exec(text(field) ?? '')?.[1];
    if (place !== undefined) places.set(Number(place), plainReason(`400 ${text(message) ?? 'refused'}`));
  }
  return places;
}

/** Status and the first messages of an answer. */
export function reasonOf({ status, body }: Answer): string {
  const messages = errorsOf(body).flatMap(({ message }) => text(message) ?? []);
  return plainReason([String(status), ...messages.slice(0, 3)].join(' '));
}

function errorsOf(body: unknown): readonly ApiError[] {
  const errors = (body as { errors?: unknown } | null)?.errors;
  return Array.isArray(errors) ? errors.filter((error) => typeof error === 'object' && error !== null) : [];
}

function pauseOf(headers: Answer['headers'], now: Temporal.Instant): number {
  const after = Number(text(headers['retry-after']) ?? Number.NaN) * 1000;
  const reset = Number(text(headers['x-ratelimit-reset']) ?? Number.NaN) * 1000 - now.epochMilliseconds;
  const asked = [after, reset].find((ms) => Number.isFinite(ms)) ?? DEFAULT_PAUSE_MS;
  return Math.min(Math.max(asked, 1000), LONGEST_PAUSE_MS);
}

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Whether a failure without an answer happened before any of the request went out. */
export function isBeforeBytes(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_INVALID_URL)$|CERT|SELF_SIGNED|LEAF_SIGNATURE/.test(
    code ?? '',
  );
}
