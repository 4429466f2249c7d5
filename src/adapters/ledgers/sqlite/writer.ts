import type { DatabaseSync } from 'node:sqlite';
import { fail } from '../../../core/errors/index.ts';
import type { LedgerWriter } from '../../../delivery/ledger.ts';
import { advance, BOOKED } from '../../../delivery/state.ts';
import { standing, tallyOf } from '../rows.ts';
import type { Witness } from '../witness.ts';
import { Bookmark } from './bookmark.ts';
import { guarded, logged, transaction } from './database.ts';
import { freeze } from './freeze.ts';
import { LogSync } from './log-sync.ts';
import { writerStatements } from './statements.ts';
import { takeTurn } from './turn.ts';
import type { WriterDesk } from './writer-desk.ts';

export interface WriterOptions {
  readonly database: DatabaseSync;
  /** Where it is. */
  readonly file: string;
  readonly campaign: string;
  readonly now: Temporal.Instant;
  readonly witness: Witness;
  release(): void;
}

/**
 * Lets a writer in, shuts the earlier one out, and puts what that one had in flight in doubt: one transaction.
 *
 * @throws LEDGER_OLD
 */
export function openWriter({ database, file, campaign, now, witness, release }: WriterOptions): LedgerWriter {
  const generations = guarded(() =>
    database.prepare('SELECT coalesce(sum(generation), 0) AS n FROM campaign'),
  );
  const generation = () => Number(generations.get()?.n);
  const { desk, lost } = transaction(database, () => {
    witness.check(generation());
    database.prepare('INSERT INTO campaign (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(campaign);
    const row = database
      .prepare('UPDATE campaign SET generation = generation + 1 WHERE name = ? RETURNING id, generation')
      .get(campaign);
    const entered = enter(database, campaign, Number(row?.id), Number(row?.generation));
    return { desk: entered, lost: abandon(entered, now.epochMilliseconds) };
  });
  witness.note(generation());
  const log = guarded(() => new LogSync(file));
  return {
    lost,
    freeze: (request) => freeze(desk, request),
    schedule: async (at) =>
      transaction(database, () => {
        desk.checkFence();
        desk.sql.schedule.run(at?.epochMilliseconds ?? null, desk.id);
      }),
    hold: async (batch) =>
      transaction(database, () => {
        desk.checkFence();
        return String(desk.sql.hold.get(batch, desk.id)?.batch);
      }),
    recall: async (after, at) =>
      transaction(database, () => {
        desk.checkFence();
        const rows = desk.sql.recallable.all(desk.id, after.epochMilliseconds);
        for (const row of rows)
          desk.move(Number(row.id), standing(row), { kind: 'recall' }, at.epochMilliseconds);
        desk.sql.recalled.run(rows.length, desk.id);
        return rows.length;
      }),
    look: async () =>
      guarded(() => ({ tally: tallyOf(Number(desk.checkFence().candidates), desk.sql.tally.all(desk.id)) })),
    async turn(turn) {
      try {
        const result = logged(database, () => takeTurn(desk, turn));
        return { ...result, durable: log.flush() };
      } catch (error) {
        desk.bookmark.forget();
        throw error;
      }
    },
    resolve: async (as, ids, at) =>
      transaction(database, () => {
        desk.checkFence();
        const chosen = desk.sql.doubts
          .all(desk.id)
          .filter((row) => !ids || ids.includes(String(row.recipient)));
        for (const row of chosen)
          desk.move(Number(row.id), standing(row), { kind: 'resolve', as }, at.epochMilliseconds);
        return chosen.length;
      }),
    release: once(async () => {
      try {
        await log.close();
        transaction(database, () => {
          desk.checkFence();
          desk.sql.leave.run(desk.id);
        });
        witness.note(generation());
      } catch {
        // Not to have noted the end only leaves the witness where the beginning put it.
      } finally {
        release();
      }
    }),
  };
}

/** A run may end in more than one place. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

function enter(database: DatabaseSync, campaign: string, id: number, generation: number): WriterDesk {
  const sql = writerStatements(database);
  const bookmark = new Bookmark(() => {
    const row = sql.span.get(id);
    return { first: Number(row?.first ?? 0), last: Number(row?.last ?? -1) };
  });
  return {
    database,
    sql,
    id,
    bookmark,
    checkFence() {
      const row = sql.fence.get(id);
      if (!row || Number(row.generation) !== generation) throw fail('CAMPAIGN_FENCED', { campaign });
      return row;
    },
    move(delivery, from, event, at) {
      const to = advance(from, event);
      sql.move.run(to.state, to.attempt, to.due, to.reason, to.providerId, at, delivery);
      bookmark.moved(delivery, to);
    },
  };
}

function abandon(desk: WriterDesk, now: number): number {
  desk.checkFence();
  const rows = desk.sql.open.all(desk.id);
  for (const row of rows) desk.move(Number(row.id), standing(row), { kind: 'writerLost' }, now);
  for (const row of desk.sql.booked.all(desk.id, BOOKED))
    desk.move(Number(row.id), standing(row), { kind: 'unbook' }, now);
  return rows.length;
}
