import type { Clock } from '../../core/clock.ts';
import { unwritable } from '../../delivery/composed.ts';
import { heldBack, type Outcome } from '../../delivery/outcome.ts';
import type { Hold, Mail, SendReport, Transport } from '../../delivery/transport.ts';
import { type Answer, faultOf, type Verdict } from './sendgrid/classify.ts';
import { sendgridRecall } from './sendgrid/recall.ts';
import { PERSONALIZATIONS, type PlannedRequest, planRequests } from './sendgrid/requests.ts';
import { networkProblem, openService, SENDGRID } from './sendgrid/service.ts';

/**
 * Mail through Twilio SendGrid's v3 Mail Send: up to a thousand recipients in a request, what differs between them
 * as substitutions. One request at a time, because after a crash all of it is in doubt.
 *
 * @param env SENDGRID_API_KEY, and SENDGRID_BASE_URL for another endpoint such as https://api.eu.sendgrid.com/
 * @param options.address `sendgrid:`, or `sendgrid:?timeout=30` for less patience in seconds
 * @param options.apiKey the client's own, in place of the environment's
 * @throws TRANSPORT_INVALID
 */
export function sendgridTransport(
  env: Readonly<NodeJS.ProcessEnv>,
  clock: Clock,
  { address = SENDGRID, apiKey }: { readonly address?: string; readonly apiKey?: string | undefined } = {},
): Transport {
  const service = openService(apiKey === undefined ? env : { ...env, SENDGRID_API_KEY: apiKey }, address);
  return {
    name: SENDGRID,
    batchSize: PERSONALIZATIONS,
    concurrency: 1,
    async check() {
      await service.reach();
    },
    examine: (mail) => examine(mail, (request) => service.ask(request)),
    recall: sendgridRecall(SENDGRID, service.api, clock),
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
