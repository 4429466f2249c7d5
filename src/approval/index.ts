export { type ApprovalBook, emptyBook } from './book.ts';
export type { Permit } from './check-approval.ts';
export { checkPublish, checkSend, type RuledClient } from './gate.ts';
export { rulesOf } from './rules/rules.ts';
export { policySentences } from './rules/sentences.ts';
