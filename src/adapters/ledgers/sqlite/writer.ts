import type { DatabaseSync } from 'node:sqlite';
import { fail } from '../../../core/errors/index.ts';
import type {
  Chunk,
  Claimed,
  Control,
  LedgerWriter,
  Settlement,
  Turn,
  TurnResult,
} from '../../../delivery/ledger.ts';
import { advance, BOOKED, type DeliveryEvent, isBooked, type Standing } from '../../../delivery/state.ts';
import { momentIn } from '../moment.ts';
import { type Row, recipientOf, standing, tallyOf } from '../rows.ts';
import { MOST_POSTPONED, slotOf } from '../slots.ts';
import type { Witness } from '../witness.ts';
import { guarded, logged, transaction } from './database.ts';
import { freeze } from './freeze.ts';
import { LogSync } from './log-sync.ts';
import { type WriterStatements, writerStatements } from './statements.ts';

/** What a writer works with. `checkFence` throws CAMPAIGN_FENCED once a later writer was let in. */
export interface WriterDesk {
  readonly database: DatabaseSync;
  readonly sql: WriterStatements;
  readonly id: number;
  checkFence(): Row;
  /** Moves one row as the state machine says. */
  move(delivery: number, from: Standing, event: DeliveryEvent, now: number): void;
}

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
  const generations = database.prepare('SELECT coalesce(sum(generation), 0) AS n FROM campaign');
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
      const result = logged(database, () => takeTurn(desk, turn));
      return { ...result, durable: log.flush() };
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
  return {
    database,
    sql,
    id,
    checkFence() {
      const row = sql.fence.get(id);
      if (!row || Number(row.generation) !== generation) throw fail('CAMPAIGN_FENCED', { campaign });
      return row;
    },
    move(delivery, from, event, at) {
      const to = advance(from, event);
      sql.move.run(to.state, to.attempt, to.due, to.reason, to.providerId, at, delivery);
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

function takeTurn(desk: WriterDesk, turn: Turn): TurnResult {
  const now = turn.now.epochMilliseconds;
  const row = desk.checkFence();
  for (const settlement of turn.settle) settle(desk, settlement, now);
  const control = row.control as Control;
  const chunks = control === 'go' ? claimChunks(desk, turn, Number(row.chunks), now) : [];
  const left = chunks.reduce((sum, { claimed }) => sum + claimed.length, 0);
  const returned = turn.settle
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ kind }) => kind === 'notSent').length;
  if (left !== returned) desk.sql.sent.run(slotOf(now), left - returned);
  const requests = turn.settle.reduce((sum, settlement) => sum + settlement.requests, 0);
  if (chunks.length > 0 || requests > 0)
    desk.sql.count.run(Number(row.chunks) + chunks.length, requests, desk.id);
  const due = chunks.length > 0 ? null : desk.sql.nextDue.get(desk.id)?.due;
  const nextDue = due == null ? undefined : momentIn(due);
  return { chunks, control, nextDue };
}

/** What the writer itself claimed needs no second look: nobody else may have touched it since (`checkFence`). */
function settle(desk: WriterDesk, { chunk, outcomes }: Settlement, now: number): void {
  for (const [n, { delivery, standing: from }] of chunk.claimed.entries()) {
    const outcome = outcomes[n];
    if (!outcome) throw new TypeError('A settlement must account for everybody in its chunk.');
    const to = advance(from, { kind: 'outcome', outcome, now });
    const { changes } = desk.sql.settle.run(
      to.state,
      to.attempt,
      to.due,
      to.reason,
      to.providerId,
      now,
      delivery,
      chunk.chunk,
    );
    if (Number(changes) !== 1) throw new TypeError('A chunk can be settled once, by whoever claimed it.');
  }
}

function claimChunks(desk: WriterDesk, turn: Turn, before: number, now: number): Chunk[] {
  const chunks: Chunk[] = [];
  while (chunks.length < turn.claim.chunks) {
    const rows = claimRows(desk, turn, now);
    if (rows.length === 0) break;
    const chunk = before + chunks.length + 1;
    if (turn.departs) desk.sql.depart.run(desk.id, chunk, turn.departs.epochMilliseconds);
    chunks.push({ chunk, claimed: rows.map((row) => claim(desk, chunk, row, now)) });
  }
  return chunks;
}

/** A row that was looked at and may be claimed. */
interface Due {
  readonly id: number;
  readonly from: Standing;
  readonly recipient: Claimed['recipient'];
}

function claim(desk: WriterDesk, chunk: number, { id, from, recipient }: Due, now: number): Claimed {
  const to = advance(from, { kind: 'claim' });
  desk.sql.claim.run(chunk, to.attempt, to.reason, now, id);
  return { delivery: id, recipient, standing: to };
}

/** Up to `size` rows that are due and may be written to; those that may not are excluded on the way. */
function claimRows(desk: WriterDesk, turn: Turn, now: number): Due[] {
  const chosen: Due[] = [];
  const taken = new Set<number>();
  for (let postponed = 0; postponed < MOST_POSTPONED; ) {
    const wanted = turn.claim.size - chosen.length;
    const rows = desk.sql.due
      .all(desk.id, now, turn.claim.size)
      .map((row) => ({ id: Number(row.id), row }))
      .filter(({ id }) => !taken.has(id))
      .slice(0, wanted);
    if (rows.length === 0) return chosen;
    for (const { id, row } of rows) {
      const recipient = recipientOf(row);
      const from = standing(row);
      const reason = row.address === null ? 'suppressed' : turn.exclude(recipient);
      const until = reason || isBooked(from) ? undefined : turn.postpone?.(recipient);
      if (reason) desk.move(id, from, { kind: 'exclude', reason }, now);
      else if (until !== undefined) {
        desk.move(id, from, { kind: 'postpone', until }, now);
        postponed++;
      } else {
        taken.add(id);
        chosen.push({ id, from, recipient });
      }
    }
    if (chosen.length === turn.claim.size) return chosen;
  }
  return chosen;
}
