export type { AskedFacts } from './approval-items.ts';
export { type ClientFacts, makeBoard } from './board.ts';
export type { CampaignFacts } from './campaign-items.ts';
export type { Finding } from './finding.ts';
export { type DeskItem, type Urgency, urgencies } from './item.ts';
export type { SiteFacts } from './site-items.ts';
