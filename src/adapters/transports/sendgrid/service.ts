import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import sendgrid from '@sendgrid/mail';
import type { Clock } from '../../../core/clock.ts';
import { fail } from '../../../core/errors/index.ts';
import { plainReason } from '../../../delivery/outcome.ts';
import { networkWords } from '../network-words.ts';
import { type Answer, isBeforeBytes, type Verdict, verdictOf } from './classify.ts';
import type { PlannedRequest } from './requests.ts';

/** What people and errors call it. */
export const SENDGRID = 'sendgrid:';

const BASE_URL = 'https://api.sendgrid.com/';
const PATIENCE_SECONDS = 120;

/** What the package's types leave out: a service of one's own, where its requests go, what axios makes of answers. */
interface Package {
  readonly MailService: new () => typeof sendgrid & { readonly client: Client };
}

interface Client {
  setDefaultHeader(key: string, value: string): void;
  setDefaultRequest(options: Record<string, unknown>): void;
  request(data: {
    method: string;
    url: string;
    body?: unknown;
  }): Promise<[{ statusCode: number; headers: unknown; body: unknown }, unknown]>;
}

/**
 * The API with a key.
 *
 * @param address `sendgrid:`, with `?timeout=SECONDS` for another patience
 * @throws TRANSPORT_INVALID
 */
export function openService(env: Readonly<NodeJS.ProcessEnv>, address: string = SENDGRID) {
  const invalid = (problem: string, fits: string) =>
    fail('TRANSPORT_INVALID', { transport: SENDGRID, problem, fits });
  const key = env.SENDGRID_API_KEY?.trim() ?? '';
  if (!/^[\x21-\x7e]+$/.test(key))
    throw invalid(
      'there is no API key',
      'Store it, which tries it as well: sec login <client> sender. Or put it into the environment variable SENDGRID_API_KEY.',
    );
  const base = URL.parse(env.SENDGRID_BASE_URL || BASE_URL);
  if (!base || !/^https?:$/.test(base.protocol))
    throw invalid('SENDGRID_BASE_URL is no web address', `Write it as ${BASE_URL}, or leave it out.`);

  const seconds = Number(
    new URLSearchParams(/\?(.*)/s.exec(address)?.[1]).get('timeout') ?? PATIENCE_SECONDS,
  );
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > PATIENCE_SECONDS)
    throw invalid(`timeout is a number from 1 to ${PATIENCE_SECONDS}`, 'Write it as sendgrid:?timeout=30.');

  const { MailService } = sendgrid as unknown as Package;
  const service = new MailService();
  const { client } = service;
  client.setDefaultHeader('Authorization', `Bearer ${key}`);
  client.setDefaultRequest({
    baseUrl: base.href,
    timeout: seconds * 1000,
    maxRedirects: 0,
    // A kept connection that the other side closed meanwhile would put a whole request in doubt.
    httpAgent: new HttpAgent({ keepAlive: false }),
    httpsAgent: new HttpsAgent({ keepAlive: false }),
    // Every answer is judged here. (@sendgrid/client builds a pattern from the folder's path for its own errors,
    // and never answers at all where the folder has a bracket in its name.)
    validateStatus: () => true,
  });

  const ask = async ({ data }: PlannedRequest): Promise<Answer> => {
    const [{ statusCode, headers, body }] = await service.send(data);
    return { status: statusCode, headers: headers as Record<string, unknown>, body };
  };

  return {
    /** Whether the other side is there and knows the key. Not every key may ask for its scopes: only 401 says no. */
    async reach() {
      const answer = await client.request({ method: 'GET', url: '/v3/scopes' }).catch((error: unknown) => {
        throw fail('TRANSPORT_UNREACHABLE', { transport: SENDGRID, problem: networkProblem(error) }, error);
      });
      if (answer[0].statusCode === 401)
        throw fail('TRANSPORT_REFUSED', {
          transport: SENDGRID,
          problem: '401, it does not know the API key',
        });
    },
    ask,
    async api(method: string, url: string, body?: object): Promise<Answer | string> {
      try {
        const [answer] = await client.request({ method, url, ...(body ? { body } : {}) });
        const headers = answer.headers as Record<string, unknown>;
        return { status: answer.statusCode, headers, body: answer.body };
      } catch (error) {
        return networkProblem(error);
      }
    },
    async post(request: PlannedRequest, clock: Clock): Promise<Verdict> {
      try {
        return verdictOf(await ask(request), clock.now());
      } catch (error) {
        return { kind: isBeforeBytes(error) ? 'notSent' : 'inDoubt', reason: networkProblem(error) };
      }
    },
  };
}

/** Why no answer came, in words. */
export function networkProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return networkWords[code ?? ''] ?? plainReason([code, message].filter(Boolean).join(' '));
}
