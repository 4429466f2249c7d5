import type { Digest } from '../../core/digest.ts';
import type { Opened } from '../statement/envelope.ts';
import { isAtLeast } from '../statement/statement.ts';
import { approversFor, givesSay, type Rules } from './rules.ts';

export interface RulesHistory {
  /** The digest of the rules that were pinned when the client was taken on. */
  readonly pinned: Digest;
  /** Rules by digest, as they were kept. */
  readonly known: ReadonlyMap<Digest, Rules>;
  readonly statements: readonly Opened[];
  readonly isRevoked: (statement: Digest) => boolean;
}

/**
 * The rules that the client agreed to last: the pinned ones, and from there each change that was approved by
 * somebody who could under the rules before it. What is in site.yaml counts only where it is these.
 *
 * @returns undefined where the rules themselves were not kept
 */
export function rulesInForce({ pinned, known, statements, isRevoked }: RulesHistory): Rules | undefined {
  const changes = statements
    .filter(({ statement, digest }) => statement.kind === 'policy' && !isRevoked(digest))
    .sort((a, b) => (a.statement.notBefore < b.statement.notBefore ? -1 : 1));
  let current = pinned;
  for (const { statement } of changes) {
    const rules = known.get(current);
    if (!rules || statement.base !== current || !known.has(statement.subject)) continue;
    const mayApprove = approversFor(rules, 'policy').some(({ id }) => id === statement.approver.id);
    const isSure =
      isAtLeast(statement.tier, rules.policy.approval.tier) ||
      (statement.tier === 'T0' && rules.policy.operator.phone);
    if ((mayApprove && isSure) || !givesSay(rules)) current = statement.subject;
  }
  return known.get(current);
}
