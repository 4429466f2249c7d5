export { type AuditEntry, type AuditFacts, nextEntry, verifyChain } from './chain.ts';
export { type AuditExtract, extractFor, verifyExtract } from './extract.ts';
export type { AuditLog } from './log.ts';
