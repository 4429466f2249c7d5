import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryEvent, Standing } from '../../../delivery/state.ts';
import type { Row } from '../rows.ts';
import type { Bookmark } from './bookmark.ts';
import type { WriterStatements } from './statements.ts';

/** What a writer works with. `checkFence` throws CAMPAIGN_FENCED once a later writer was let in. */
export interface WriterDesk {
  readonly database: DatabaseSync;
  readonly sql: WriterStatements;
  readonly id: number;
  readonly bookmark: Bookmark;
  checkFence(): Row;
  /** Moves one row as the state machine says. */
  move(delivery: number, from: Standing, event: DeliveryEvent, now: number): void;
}
