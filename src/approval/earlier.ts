import type { Digest } from '../core/digest.ts';
import type { ApprovalBook } from './book.ts';

/** Whether the client once approved this release, from whatever state of the site, and did not take it back. */
export const isApprovedBefore = ({ statements, isRevoked }: ApprovalBook, release: Digest): boolean =>
  statements.some(
    ({ statement, digest }) =>
      statement.kind === 'site' && statement.subject === release && !isRevoked(digest),
  );
