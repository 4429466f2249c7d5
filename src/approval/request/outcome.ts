import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Tier } from '../statement/statement.ts';
import type { ApprovalRequest } from './request.ts';

/** What an approver wants to be different, and where: on a page of the website, or at large. */
export interface PinnedComment {
  readonly page: string | null;
  readonly text: string;
}

/** How a request ended. There is one for each request, and it never changes. */
export type Outcome =
  | {
      readonly kind: 'approved';
      readonly at: string;
      readonly tier: Tier;
      readonly statement: Digest;
      /** The signed statement as it is stored. */
      readonly envelope: string;
    }
  | {
      readonly kind: 'changes';
      readonly at: string;
      readonly tier: Tier;
      readonly comments: readonly PinnedComment[];
    }
  | { readonly kind: 'withdrawn'; readonly at: string; readonly why: string };

/** What an approver wants. */
export type Wish = 'approve' | 'changes';

/** Where a request stands at a moment. */
export type Standing = 'open' | 'expired' | Outcome['kind'];

export function standingOf(
  { expires }: Pick<ApprovalRequest, 'expires'>,
  outcome: Outcome | undefined,
  now: Temporal.Instant,
): Standing {
  if (outcome) return outcome.kind;
  return Temporal.Instant.compare(now, expires) >= 0 ? 'expired' : 'open';
}

/**
 * Whether a wish is the first answer, or the one that stands already: the same answer again changes nothing and
 * gives the same receipt.
 *
 * @returns the outcome that stands; undefined where this wish decides
 * @throws REQUEST_DECIDED, REQUEST_WITHDRAWN, REQUEST_EXPIRED
 */
export function standingAnswer(
  request: Pick<ApprovalRequest, 'id' | 'client' | 'expires'>,
  outcome: Outcome | undefined,
  wish: Wish,
  now: Temporal.Instant,
): Outcome | undefined {
  const facts = { client: request.client, request: request.id };
  switch (standingOf(request, outcome, now)) {
    case 'open':
      return undefined;
    case 'expired':
      throw fail('REQUEST_EXPIRED', { ...facts, expired: request.expires });
    case 'withdrawn':
      throw fail('REQUEST_WITHDRAWN', { ...facts, why: outcome?.kind === 'withdrawn' ? outcome.why : '' });
    case 'approved':
      if (wish === 'approve') return outcome;
      throw fail('REQUEST_DECIDED', { ...facts, outcome: 'approved' });
    case 'changes':
      if (wish === 'changes') return outcome;
      throw fail('REQUEST_DECIDED', { ...facts, outcome: 'changes were asked for' });
  }
}
