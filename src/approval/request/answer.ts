import { type Assertion, type Signer, sealStatement } from '../statement/envelope.ts';
import { type Statement, statementDigest, type Tier } from '../statement/statement.ts';
import { type Outcome, type PinnedComment, standingAnswer } from './outcome.ts';
import { type ApprovalRequest, seconds } from './request.ts';
import type { RequestStore } from './store.ts';

/** An approver's answer that was proved already: by link, code, PIN or passkey. */
export type ProvedAnswer =
  | { readonly wish: 'approve'; readonly statement: Statement; readonly passkey?: Assertion | undefined }
  | { readonly wish: 'changes'; readonly tier: Tier; readonly comments: readonly PinnedComment[] };

export interface AnswerTools {
  readonly requests: RequestStore;
  /** Asked for when it is needed: asking for changes signs nothing. */
  readonly signer: () => Signer;
  readonly now: Temporal.Instant;
}

/**
 * Records an answer, once: of many at the same time one decides, and all get the outcome that stands.
 *
 * @throws REQUEST_DECIDED, REQUEST_EXPIRED, REQUEST_WITHDRAWN, APPROVAL_KEY_MISSING
 */
export function recordAnswer(
  request: ApprovalRequest,
  answer: ProvedAnswer,
  { requests, signer, now }: AnswerTools,
): { readonly outcome: Outcome; readonly isNew: boolean } {
  const before = standingAnswer(request, requests.find(request.id)?.outcome, answer.wish, now);
  if (before) return { outcome: before, isNew: false };
  const closed = requests.close(request.id, outcomeOf(answer, signer, now));
  // Somebody else may have been first; then theirs is held against this wish.
  if (!closed.isNew) standingAnswer(request, closed.outcome, answer.wish, now);
  return closed;
}

function outcomeOf(answer: ProvedAnswer, signer: () => Signer, now: Temporal.Instant): Outcome {
  const at = seconds(now);
  if (answer.wish === 'changes') {
    const { tier, comments } = answer;
    return { kind: 'changes', at, tier, comments };
  }
  const { statement, passkey } = answer;
  return {
    kind: 'approved',
    at,
    tier: statement.tier,
    statement: statementDigest(statement),
    envelope: sealStatement(statement, signer(), passkey),
  };
}
