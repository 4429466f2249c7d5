import type { Digest } from '../../core/digest.ts';
import type { AudienceFacts } from '../audience-members.ts';
import type { Kind, Statement, Tier } from '../statement/statement.ts';
import type { Summary } from './summary.ts';

/** How long a link can be answered. */
export const LINK_HOURS = 72;

/** Hashes of what only the approver is told. A code or PIN that is not offered has none. */
export interface SecretHashes {
  readonly link: Digest;
  readonly approve: Digest | null;
  readonly changes: Digest | null;
  readonly pin: string | null;
}

/** A question put to one approver. It never changes; the answer is kept beside it. */
export interface ApprovalRequest {
  readonly v: 1;
  /** 16 hexadecimal characters. */
  readonly id: string;
  readonly client: string;
  readonly kind: Kind;
  readonly campaign: string | null;
  readonly subject: Digest;
  readonly base: Digest | null;
  readonly target: string;
  /** Digest of the HTTP headers that the target is told to serve the release with; absent where it is told none. */
  readonly headers?: Digest | undefined;
  /** Digest of the rules in force when it was asked. */
  readonly policy: Digest;
  readonly shown: Digest;
  readonly audience: AudienceFacts | null;
  readonly nonce: string;
  readonly approver: Statement['approver'];
  /** How sure an answer must be. */
  readonly tier: Exclude<Tier, 'T0'>;
  /** Days that the approval will hold. */
  readonly validDays: number;
  /** Instants in ISO 8601. */
  readonly asked: string;
  readonly expires: string;
  readonly hashes: SecretHashes;
  /** What changes, for whoever shows it in words. */
  readonly summary: Summary;
  readonly language: string;
}

export interface Answer {
  readonly tier: Tier;
  readonly now: Temporal.Instant;
  /** The client's last statement before this one. */
  readonly prev: Digest | null;
}

/** The statement that an approval of this request signs. */
export function statementOf(request: ApprovalRequest, { tier, now, prev }: Answer): Statement {
  const { client, kind, campaign, subject, base, target, policy, shown, audience, nonce, approver } = request;
  const { headers } = request;
  const days = Temporal.Duration.from({ hours: request.validDays * 24 });
  return {
    v: 1,
    ...{ client, kind, campaign, subject, base, target, policy, shown, audience, nonce, approver },
    ...(headers === undefined ? {} : { headers }),
    request: request.id,
    tier,
    notBefore: seconds(now),
    expires: seconds(now.add(days)),
    prev,
  };
}

/** An instant to the second, as statements have them. */
export const seconds = (at: Temporal.Instant): string =>
  at.toString({ smallestUnit: 'second', roundingMode: 'floor' });
