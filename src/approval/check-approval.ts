import type { Digest } from '../core/digest.ts';
import { fail, type SecError } from '../core/errors/index.ts';
import type { ApprovalBook } from './book.ts';
import { faults, type Judged, judgeAll, type Wanted } from './judge.ts';
import { approversFor } from './rules/rules.ts';
import { type Tier, tiers } from './statement/statement.ts';
import { tierWords } from './tier-words.ts';

/** Under which approvals something goes ahead; receipts and the audit log carry it. */
export interface Permit {
  readonly statements: readonly Digest[];
  /** The least sure of them. */
  readonly tier: Tier;
  /** Names. */
  readonly approvers: readonly string[];
}

/** How a refusal speaks of it. */
export interface Naming {
  /** `The website`, or `The campaign "spring"`. */
  readonly subject: string;
  /** The rule that asks for the approval, as in `policy.approval.site`. */
  readonly rule: string;
  readonly ask: string;
}

/**
 * Finds the approvals that allow what is wanted, now.
 *
 * @throws APPROVAL_MISSING, APPROVAL_STALE, APPROVAL_EXPIRED, APPROVAL_REVOKED, APPROVAL_WRONG_APPROVER,
 *   APPROVAL_WEAK, APPROVAL_AUDIENCE_GREW, APPROVAL_SECOND_MISSING, APPROVAL_BROKEN
 */
export function checkApproval(
  wanted: Wanted,
  book: ApprovalBook,
  now: Temporal.Instant,
  naming: Naming,
): Permit {
  const judged = judgeAll(wanted, book, now);
  const good = judged.filter(({ fault }) => fault === undefined).map(({ opened }) => opened);
  if (good.length === 0) throw refusal(wanted, book, judged, naming);
  const who = new Map(good.map(({ statement: { approver } }) => [approver.id, approver.name]));
  const limit = book.rules.policy.approval.secondAbove;
  const count = wanted.audience?.count ?? 0;
  if (limit !== undefined && count > limit && who.size < 2)
    throw fail('APPROVAL_SECOND_MISSING', {
      ...naming,
      client: wanted.client,
      rule: 'policy.approval.secondAbove',
      count,
      limit,
    });
  const sure = good.map(({ statement }) => statement.tier);
  return {
    statements: good.map(({ digest }) => digest),
    tier: tiers.find((tier) => sure.includes(tier)) ?? 'T0',
    approvers: [...who.values()],
  };
}

function refusal(wanted: Wanted, book: ApprovalBook, judged: readonly Judged[], naming: Naming): SecError {
  const { client, kind } = wanted;
  const may = approversFor(book.rules, kind).map(({ name }) => name);
  const facts = { client, ...naming };
  const worst = faults
    .map((wantedFault) => judged.find(({ fault }) => fault?.kind === wantedFault))
    .find((found) => found !== undefined);
  const [broken] = book.broken;
  if (!worst?.fault || worst.fault.kind === 'other') {
    if (broken) return fail('APPROVAL_BROKEN', { client, ...broken });
    if (!worst) return fail('APPROVAL_MISSING', { ...facts, approvers: may, digest: wanted.subject });
    return fail('APPROVAL_STALE', { ...facts, problem: 'it has been changed since' });
  }
  const { statement } = worst.opened;
  switch (worst.fault.kind) {
    case 'revoked':
      return fail('APPROVAL_REVOKED', facts);
    case 'expired':
      return fail('APPROVAL_EXPIRED', { ...facts, expired: statement.expires });
    case 'wrong-approver':
      return fail('APPROVAL_WRONG_APPROVER', { ...facts, approver: statement.approver.name, may });
    case 'weak': {
      const wantedTier = tierWords(book.rules.policy.approval.tier);
      return fail('APPROVAL_WEAK', { ...facts, tier: tierWords(statement.tier), wanted: wantedTier });
    }
    case 'grew': {
      const { added } = worst.fault;
      return fail('APPROVAL_AUDIENCE_GREW', { ...facts, approved: statement.audience?.count ?? 0, added });
    }
    case 'stale':
      return fail('APPROVAL_STALE', { ...facts, problem: worst.fault.problem });
  }
}
