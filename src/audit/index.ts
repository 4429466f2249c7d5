export { type AuditEntry, type AuditFacts, chainStart, nextEntry, verifyChain } from './chain.ts';
export type { AuditLog } from './log.ts';
