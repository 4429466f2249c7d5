import type { Digest } from '../core/digest.ts';
import type { AudienceFacts } from './audience-members.ts';
import type { ApprovalBook } from './book.ts';
import { approversFor, rulesDigest } from './rules/rules.ts';
import type { Opened } from './statement/envelope.ts';
import { isAtLeast, type Kind, type Statement } from './statement/statement.ts';

/** Whom a campaign goes to now. */
export interface CurrentAudience {
  readonly list: string;
  readonly count: number;
  /** How many of them were not among those who were approved. Asked again before each chunk of a send. */
  added(approved: AudienceFacts): number;
}

/** What is about to happen. */
export interface Wanted {
  readonly client: string;
  readonly kind: Kind;
  readonly campaign: string | null;
  readonly subject: Digest;
  /** What is live now. */
  readonly base: Digest | null;
  readonly target: string;
  /** As in a statement. */
  readonly headers?: Digest | undefined;
  readonly audience?: CurrentAudience | undefined;
}

/** Why a statement does not allow it, the most telling first. */
export const faults = ['revoked', 'wrong-approver', 'weak', 'expired', 'grew', 'stale', 'other'] as const;

export type Fault =
  | { readonly kind: 'revoked' | 'weak' | 'wrong-approver' | 'expired' | 'other' }
  | { readonly kind: 'stale'; readonly problem: string }
  | { readonly kind: 'grew'; readonly added: number };

/** A statement, and what speaks against it; nothing where it allows what is wanted. */
export interface Judged {
  readonly opened: Opened;
  readonly fault: Fault | undefined;
}

/** Holds each statement about the same thing against what is wanted. */
export function judgeAll(wanted: Wanted, book: ApprovalBook, now: Temporal.Instant): Judged[] {
  return book.statements
    .filter(({ statement: { client, kind, campaign } }) => {
      return client === wanted.client && kind === wanted.kind && campaign === wanted.campaign;
    })
    .map((opened) => ({ opened, fault: faultOf(opened, wanted, book, now) }));
}

function faultOf(
  { statement, digest }: Opened,
  wanted: Wanted,
  book: ApprovalBook,
  now: Temporal.Instant,
): Fault | undefined {
  if (statement.subject !== wanted.subject) return { kind: 'other' };
  if (book.isRevoked(digest)) return { kind: 'revoked' };
  const problem = staleness(statement, wanted, book, now);
  if (problem !== undefined) return { kind: 'stale', problem };
  if (Temporal.Instant.compare(now, statement.expires) >= 0) return { kind: 'expired' };
  if (!approversFor(book.rules, statement.kind).some(({ id }) => id === statement.approver.id))
    return { kind: 'wrong-approver' };
  if (!isSure(statement, book)) return { kind: 'weak' };
  const added = grown(statement, wanted);
  return added > 0 ? { kind: 'grew', added } : undefined;
}

/** A run that was stopped after it went live finds its own release there, which is what was approved. */
function staleness(
  statement: Statement,
  { base, target, kind, subject, audience, headers }: Wanted,
  book: ApprovalBook,
  now: Temporal.Instant,
): string | undefined {
  if (statement.policy !== rulesDigest(book.rules)) return "the client's rules have changed since";
  if (statement.target !== target)
    return kind === 'site'
      ? `for another place (${statement.target}) than ${target}`
      : `to go out through ${statement.target}, not ${target}`;
  if (statement.headers !== headers) return 'what the host tells browsers about its files has changed since';
  if (kind === 'site' && statement.base !== base && subject !== base)
    return 'what is live has moved since, and the client was shown the change from another state';
  if (audience && statement.audience?.list !== audience.list) return 'for another list of people';
  if (Temporal.Instant.compare(now, statement.notBefore) < 0) return 'it lies in the future of this clock';
  return undefined;
}

/** A yes by phone counts where the rules allow it, and only there. */
export const isSure = ({ tier }: Statement, { rules: { policy } }: Pick<ApprovalBook, 'rules'>): boolean =>
  tier === 'T0' ? policy.operator.phone : isAtLeast(tier, policy.approval.tier);

function grown({ audience: approved }: Statement, { audience }: Wanted): number {
  if (!audience) return 0;
  return approved ? audience.added(approved) : audience.count;
}
