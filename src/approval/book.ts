import type { Digest } from '../core/digest.ts';
import type { Rules } from './rules/rules.ts';
import type { Opened } from './statement/envelope.ts';

/** A file among the approvals that is none, or none any more. */
export interface BrokenStatement {
  /** Relative to the workspace. */
  readonly file: string;
  readonly problem: string;
}

/** All that a client approved, signatures checked: what the gate decides by. */
export interface ApprovalBook {
  /** The rules that the client agreed to last. */
  readonly rules: Rules;
  readonly statements: readonly Opened[];
  readonly broken: readonly BrokenStatement[];
  /** Looked up anew at each question: an approval may be taken back while a send is under way. */
  isRevoked(statement: Digest): boolean;
}

/** The book of a client who was never asked. */
export const emptyBook = (rules: Rules): ApprovalBook => ({
  rules,
  statements: [],
  broken: [],
  isRevoked: () => false,
});
