import type { BrokenStatement } from '../../approval/book.ts';
import { rulesOf } from '../../approval/index.ts';
import { isSure } from '../../approval/judge.ts';
import { approversFor, changedRules, givesSay } from '../../approval/rules/rules.ts';
import type { Opened } from '../../approval/statement/envelope.ts';
import type { Kind, Tier } from '../../approval/statement/statement.ts';
import type { Digest } from '../../core/digest.ts';
import type { Client } from '../../workspace/index.ts';
import { openBook } from './approval.ts';
import type { Context } from './context.ts';

/** One approval as it stands now. */
export interface VerifiedStatement {
  readonly statement: Digest;
  readonly kind: Kind;
  readonly campaign: string | null;
  readonly approver: string;
  readonly tier: Tier;
  readonly notBefore: string;
  readonly expires: string;
  readonly standing: 'holds' | 'expired' | 'revoked' | 'wrong approver' | 'not sure enough';
}

/** What `sec approval verify --json` prints. */
export interface VerifiedApprovals {
  readonly client: string;
  readonly statements: readonly VerifiedStatement[];
  readonly broken: readonly BrokenStatement[];
  /** Fields of the rules in site.yaml that the client has not agreed to. */
  readonly unapprovedRules: readonly string[];
}

/** Checks every approval of a client with what is committed alone: signatures, passkeys, names, revocations. */
export async function verifyApprovals(context: Context, client: Client): Promise<VerifiedApprovals> {
  const book = await openBook(context, client);
  const now = context.clock.now();
  const standing = ({ statement, digest }: Opened): VerifiedStatement['standing'] => {
    if (book.isRevoked(digest)) return 'revoked';
    const may = approversFor(book.rules, statement.kind);
    if (!may.some(({ id }) => id === statement.approver.id)) return 'wrong approver';
    if (!isSure(statement, book)) return 'not sure enough';
    return Temporal.Instant.compare(now, statement.expires) >= 0 ? 'expired' : 'holds';
  };
  return {
    client: client.name,
    statements: book.statements.map((opened) => {
      const { kind, campaign, approver, tier, notBefore, expires } = opened.statement;
      return {
        ...{ statement: opened.digest, kind, campaign, approver: approver.name, tier, notBefore, expires },
        standing: standing(opened),
      };
    }),
    broken: book.broken,
    unapprovedRules: givesSay(book.rules) ? changedRules(book.rules, rulesOf(client)) : [],
  };
}
