import type { DeskCase, RelyingParty } from './office.ts';
import type { Session } from './sessions.ts';

/** What a route is handed once somebody has shown the secret of the link. */
export interface DeskVisit {
  readonly found: DeskCase;
  readonly session: Session;
  readonly rp: RelyingParty;
}
