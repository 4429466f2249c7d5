import { newestRequests } from '../../approval/request/newest.ts';
import { type PinnedComment, type Standing, standingOf } from '../../approval/request/outcome.ts';
import type { ApprovalRequest } from '../../approval/request/request.ts';
import type { KeptRequest } from '../../approval/request/store.ts';
import type { Kind, Tier } from '../../approval/statement/statement.ts';
import type { Client } from '../../workspace/index.ts';
import { openRequests } from './approval.ts';
import { findRequest } from './approval-answer.ts';
import type { Context } from './context.ts';

/** A request as lists show it. */
export interface ListedRequest {
  readonly client: string;
  readonly request: string;
  readonly kind: Kind;
  readonly campaign: string | null;
  readonly approver: string;
  readonly standing: Standing;
  readonly asked: string;
  readonly expires: string;
  /** How sure the answer is, or must be while there is none. */
  readonly tier: Tier;
  /** What is to be different; empty unless changes were asked for. */
  readonly comments: readonly PinnedComment[];
  /** Whether this approver was asked about the same once more since. */
  readonly askedAgain: boolean;
}

/** A request with what was asked and what was answered. */
export interface ShownRequest extends ListedRequest {
  readonly summary: ApprovalRequest['summary'];
  readonly language: string;
  readonly why: string | null;
  readonly statement: string | null;
}

/** Requests of these clients, oldest first, client by client. */
export async function listRequests(context: Context, clients: readonly Client[]): Promise<ListedRequest[]> {
  const now = context.clock.now();
  const lists = await Promise.all(
    clients.map(async (client) => {
      const all = (await openRequests(client)).all();
      const newest = new Set(newestRequests(all));
      return all.map((kept) => listed(kept, !newest.has(kept), now));
    }),
  );
  return lists.flat();
}

/** One of them, by the beginning of its id. @throws REQUEST_UNKNOWN */
export async function showRequest(context: Context, client: Client, id: string): Promise<ShownRequest> {
  const request = await findRequest(client, id);
  const all = (await openRequests(client)).all();
  const kept = all.find((one) => one.request.id === request.id) ?? { request, outcome: undefined };
  const { outcome } = kept;
  return {
    ...listed(kept, !newestRequests(all).includes(kept), context.clock.now()),
    summary: request.summary,
    language: request.language,
    why: outcome?.kind === 'withdrawn' ? outcome.why : null,
    statement: outcome?.kind === 'approved' ? outcome.statement : null,
  };
}

function listed(
  { request, outcome }: KeptRequest,
  askedAgain: boolean,
  now: Temporal.Instant,
): ListedRequest {
  const { id, client, kind, campaign, approver, asked, expires } = request;
  const standing = standingOf(request, outcome, now);
  const tier = outcome && outcome.kind !== 'withdrawn' ? outcome.tier : request.tier;
  const comments = outcome?.kind === 'changes' ? outcome.comments : [];
  return {
    ...{ client, request: id, kind, campaign, approver: approver.name, standing, asked, expires, tier },
    comments,
    askedAgain,
  };
}
