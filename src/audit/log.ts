import type { AuditEntry, AuditFacts } from './chain.ts';

/** Where the audit log is kept. */
export interface AuditLog {
  /** Adds an entry after the last one, also while others add theirs. Durable when it returns. */
  append(facts: AuditFacts): Promise<AuditEntry>;
  /** All entries, oldest first, as they lie there. @throws AUDIT_BROKEN for one that cannot be read */
  entries(): Promise<AuditEntry[]>;
}
