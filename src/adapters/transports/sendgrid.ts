import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import sendgrid from '@sendgrid/mail';
import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import { unwritable } from '../../delivery/composed.ts';
import { heldBack, type Outcome, plainReason } from '../../delivery/outcome.ts';
import type { Hold, Mail, SendReport, Transport } from '../../delivery/transport.ts';
import { networkWords } from './network-words.ts';
import { type Answer, faultOf, isBeforeBytes, type Verdict, verdictOf } from './sendgrid/classify.ts';
import { sendgridRecall } from './sendgrid/recall.ts';
import { PERSONALIZATIONS, type PlannedRequest, planRequests } from './sendgrid/requests.ts';

const NAME = 'sendgrid:';
const BASE_URL = 'https://api.sendgrid.com/';
const TIMEOUT_MS = 120_000;

/**
 * Mail through Twilio SendGrid's v3 Mail Send: up to a thousand recipients in a request, what differs between them
 * as substitutions. One request at a time, because after a crash all of it is in doubt.
 *
 * @param env SENDGRID_API_KEY, and SENDGRID_BASE_URL for another endpoint such as https://api.eu.sendgrid.com/
 * @param apiKey the client's own, in place of the environment's
 * @throws TRANSPORT_INVALID
 */
export function sendgridTransport(
  env: Readonly<NodeJS.ProcessEnv>,
  clock: Clock,
  apiKey?: string,
): Transport {
  const service = openService(apiKey === undefined ? env : { ...env, SENDGRID_API_KEY: apiKey });
  return {
    name: NAME,
    batchSize: PERSONALIZATIONS,
    concurrency: 1,
    async check() {
      await service.reach();
    },
    examine: (mail) => examine(mail, (request) => service.ask(request)),
    recall: sendgridRecall(NAME, service.api, clock),
    send: (batch, mayGo, hold) =>
      sendBatch(batch, (request) => service.post(heldUntil(request, hold), clock), mayGo),
    async close() {},
  };
}

/**
 * Sandbox mode: the request is checked and nothing is sent, recorded or paid for
 * (https://www.twilio.com/docs/sendgrid/for-developers/sending-email/sandbox-mode).
 */
async function examine(
  mail: Mail,
  ask: (request: PlannedRequest) => Promise<Answer>,
): Promise<string | undefined> {
  const mailSettings = { sandboxMode: { enable: true } };
  try {
    for (const { places, data } of planRequests([mail], [0])) {
      const fault = faultOf(await ask({ places, data: { ...data, mailSettings } }));
      if (fault !== undefined) return fault;
    }
    return undefined;
  } catch (error) {
    return networkProblem(error);
  }
}

function heldUntil(request: PlannedRequest, hold: Hold | undefined): PlannedRequest {
  if (!hold) return request;
  const sendAt = Math.ceil(hold.until.epochMilliseconds / 1000);
  return { ...request, data: { ...request.data, batchId: hold.batch, sendAt } };
}

async function sendBatch(
  batch: readonly Mail[],
  post: (request: PlannedRequest) => Promise<Verdict>,
  mayGo: () => boolean = () => true,
): Promise<SendReport> {
  const outcomes = batch.map((mail): Outcome | undefined => unwritable(mail));
  let requests = 0;
  let stop: Extract<Verdict, { kind: 'notSent' }> | undefined;
  const give = (places: readonly number[], outcome: Outcome) => {
    for (const place of places) outcomes[place] = outcome;
  };
  const queue = planRequests(
    batch,
    batch.flatMap((_, place) => (outcomes[place] ? [] : [place])),
  );
  for (let request = queue.shift(); request && !stop; request = queue.shift()) {
    const { places } = request;
    if (!mayGo()) {
      stop = heldBack;
      break;
    }
    requests++;
    const verdict = await post(request);
    switch (verdict.kind) {
      case 'accepted':
        give(places, { kind: 'accepted', providerId: verdict.id });
        if (verdict.pauseMs !== undefined)
          stop = { kind: 'notSent', reason: 'its rate limit is used up', pauseMs: verdict.pauseMs };
        break;
      case 'inDoubt':
        give(places, verdict);
        stop = { kind: 'notSent', reason: verdict.reason };
        break;
      case 'notSent':
        stop = verdict;
        break;
      case 'someRefused': {
        const refused = places.filter((_, n) => verdict.places.has(n));
        if (refused.length === 0) stop = { kind: 'notSent', reason: 'it refuses somebody who is not there' };
        for (const [n, place] of places.entries()) {
          const reason = verdict.places.get(n);
          if (reason !== undefined) outcomes[place] = { kind: 'rejected', reason };
        }
        queue.unshift(
          ...planRequests(
            batch,
            places.filter((place) => !refused.includes(place)),
          ),
        );
        break;
      }
      case 'tooLarge': {
        const half = Math.ceil(places.length / 2);
        if (places.length === 1) give(places, { kind: 'rejected', reason: verdict.reason });
        else
          queue.unshift(
            ...planRequests(batch, places.slice(0, half)),
            ...planRequests(batch, places.slice(half)),
          );
        break;
      }
    }
  }
  const rest: Outcome = { kind: 'notSent', reason: stop?.reason ?? 'not reached' };
  return {
    outcomes: outcomes.map((outcome) => outcome ?? rest),
    requests,
    ...(stop?.pauseMs === undefined ? {} : { pauseMs: stop.pauseMs }),
  };
}

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

function openService(env: Readonly<NodeJS.ProcessEnv>) {
  const invalid = (problem: string, fits: string) =>
    fail('TRANSPORT_INVALID', { transport: NAME, problem, fits });
  const key = env.SENDGRID_API_KEY?.trim() ?? '';
  if (!/^[\x21-\x7e]+$/.test(key))
    throw invalid(
      'there is no API key',
      'Store it, which tries it as well: sec login <client> sender. Or put it into the environment variable SENDGRID_API_KEY.',
    );
  const base = URL.parse(env.SENDGRID_BASE_URL || BASE_URL);
  if (!base || !/^https?:$/.test(base.protocol))
    throw invalid('SENDGRID_BASE_URL is no web address', `Write it as ${BASE_URL}, or leave it out.`);

  const { MailService } = sendgrid as unknown as Package;
  const service = new MailService();
  const { client } = service;
  client.setDefaultHeader('Authorization', `Bearer ${key}`);
  client.setDefaultRequest({
    baseUrl: base.href,
    timeout: TIMEOUT_MS,
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
        throw fail('TRANSPORT_UNREACHABLE', { transport: NAME, problem: networkProblem(error) }, error);
      });
      if (answer[0].statusCode === 401)
        throw fail('TRANSPORT_REFUSED', { transport: NAME, problem: '401, it does not know the API key' });
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

function networkProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return networkWords[code ?? ''] ?? plainReason([code, message].filter(Boolean).join(' '));
}
