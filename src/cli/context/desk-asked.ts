import { newestRequests } from '../../approval/request/newest.ts';
import { standingOf } from '../../approval/request/outcome.ts';
import type { KeptRequest } from '../../approval/request/store.ts';
import type { AskedFacts, SiteFacts } from '../../desk/index.ts';
import type { Client } from '../../workspace/index.ts';
import { openRequests } from './approval.ts';
import type { Context } from './context.ts';

type AskedSite = SiteFacts['asked'][number] & { readonly asked: Temporal.Instant };

/** What a client's approvers were asked last, by what it was about. */
export interface AskedOf {
  readonly site: readonly AskedSite[];
  readonly policy: readonly AskedFacts[];
  campaign(name: string): readonly AskedFacts[];
}

/** Reads what approvers were asked, and what they said. */
export async function askedAt(context: Context, client: Client): Promise<AskedOf> {
  const newest = newestRequests((await openRequests(client)).all());
  const now = context.clock.now();
  const of = (kind: KeptRequest['request']['kind']) => newest.filter(({ request }) => request.kind === kind);
  const facts = (kept: KeptRequest) => factsOf(kept, now);
  return {
    site: of('site').map((kept) => ({
      ...facts(kept),
      release: kept.request.subject,
      asked: Temporal.Instant.from(kept.request.asked),
    })),
    policy: of('policy').map(facts),
    campaign: (name) =>
      of('campaign')
        .filter(({ request }) => request.campaign === name)
        .map(facts),
  };
}

function factsOf({ request, outcome }: KeptRequest, now: Temporal.Instant): AskedFacts {
  return {
    request: request.id,
    approver: request.approver.name,
    standing: standingOf(request, outcome, now),
    expires: Temporal.Instant.from(request.expires),
    ended: outcome && Temporal.Instant.from(outcome.at),
    comments: outcome?.kind === 'changes' ? outcome.comments : [],
    why: outcome?.kind === 'withdrawn' ? outcome.why : undefined,
  };
}
