import { setTimeout as wait } from 'node:timers/promises';
import { HostTrouble } from './trouble.ts';

/** An HTTP answer that was read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Whether an earlier attempt went unanswered, so that this request may have been carried out twice. */
  readonly isRepeated: boolean;
}

export interface Patience {
  /** Milliseconds in which an answer has to begin and to go on. */
  readonly silence: number;
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled with each further one. */
  readonly pause: number;
}

export const usualPatience: Patience = { silence: 60_000, attempts: 6, pause: 250 };

/** What passes by itself: too much at once, or a fault on the other side (RFC 9110, 15.6; RFC 6585, 4). */
const passing = new Set([429, 500, 502, 503, 504]);
const LONGEST_PAUSE = 30_000;
/** Bytes a second below which an upload counts as stuck. */
const SLOWEST = 4096;

/**
 * Sends a request until something else than "try later" is answered, with longer and longer pauses in between.
 * Redirects are not followed: they could carry a login elsewhere.
 *
 * @param make the request anew for each attempt
 * @param bytes how much it uploads
 * @throws HostTrouble where nothing answers, or only "try later"
 */
export async function send(
  make: () => Promise<Request>,
  bytes: number,
  { silence, attempts, pause }: Patience,
): Promise<Answer> {
  let trouble: HostTrouble | undefined;
  let isRepeated = false;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await wait(delay(pause, attempt, trouble));
    const limit = AbortSignal.timeout(silence + Math.ceil((bytes / SLOWEST) * 1000));
    try {
      const response = await fetch(await make(), { redirect: 'manual', signal: limit });
      const body = Buffer.from(await response.arrayBuffer());
      if (!passing.has(response.status))
        return { status: response.status, headers: response.headers, body, isRepeated };
      const after = Number(response.headers.get('retry-after')) * 1000;
      trouble = new HostTrouble('silent', `it is busy or out of order (status ${response.status})`, after);
    } catch (error) {
      trouble = new HostTrouble('silent', networkWords(error), error);
    }
    isRepeated = true;
  }
  throw trouble ?? new HostTrouble('silent', 'it was not asked');
}

function delay(pause: number, attempt: number, trouble: HostTrouble | undefined): number {
  const wanted = typeof trouble?.cause === 'number' ? trouble.cause : 0;
  const own = pause * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  return Math.min(LONGEST_PAUSE, Math.max(own, wanted || 0));
}

function networkWords(error: unknown): string {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return 'it does not answer in time';
  const words: Readonly<Record<string, string>> = {
    ENOTFOUND: 'no computer of that name is known',
    EAI_AGAIN: 'names of computers cannot be looked up now',
    ECONNREFUSED: 'it refuses connections at that port',
    ENETUNREACH: 'there is no way to it through the network',
    EHOSTUNREACH: 'there is no way to it through the network',
    CERT_HAS_EXPIRED: 'its certificate has expired',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'nobody vouches for its certificate',
    SELF_SIGNED_CERT_IN_CHAIN: 'nobody vouches for its certificate',
    ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  };
  return words[cause?.code ?? ''] ?? 'the connection broke off';
}
