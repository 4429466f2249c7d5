import type { Chunk, Claimed, Settlement, Turn, TurnResult } from '../../../delivery/ledger.ts';
import { advance, isBooked, type Standing } from '../../../delivery/state.ts';
import { controlIn, damaged, stateIn, textsIn } from '../damage.ts';
import { momentIn } from '../moment.ts';
import { textOrNull } from '../rows.ts';
import { MOST_POSTPONED, slotOf } from '../slots.ts';
import { runsOf } from './runs.ts';
import type { WriterDesk } from './writer-desk.ts';

/** Records what came back and claims what goes out next; the caller has begun the transaction. */
export function takeTurn(desk: WriterDesk, turn: Turn): TurnResult {
  const now = turn.now.epochMilliseconds;
  const row = desk.checkFence();
  let [requests, returned] = [0, 0];
  for (const settlement of turn.settle) {
    settle(desk, settlement, now);
    requests += settlement.requests;
    for (const { kind } of settlement.outcomes) if (kind === 'notSent') returned++;
  }
  const control = controlIn(row.control);
  const chunks = control === 'go' ? claimChunks(desk, turn, Number(row.chunks), now) : [];
  const left = chunks.reduce((sum, { claimed }) => sum + claimed.length, 0);
  if (left !== returned) desk.sql.sent.run(slotOf(now), left - returned);
  if (chunks.length > 0 || requests > 0)
    desk.sql.count.run(Number(row.chunks) + chunks.length, requests, desk.id);
  const due = chunks.length > 0 ? undefined : nextDue(desk);
  return { chunks, control, nextDue: due === undefined ? undefined : momentIn(due) };
}

/** When the next may be claimed. Before it says that nobody is left, it looks at everybody. */
function nextDue({ sql, id, bookmark }: WriterDesk): number | undefined {
  const { first, last } = bookmark.span;
  if (sql.isFresh.get(id, bookmark.next, last)) return 0;
  const due = sql.nextDue.get(id)?.due;
  if (due != null) return Number(due);
  if (!sql.isFresh.get(id, first, last)) return undefined;
  bookmark.forget();
  return 0;
}

/** What the writer itself claimed needs no second look: nobody else may have touched it since (`checkFence`). */
function settle(desk: WriterDesk, { chunk, outcomes }: Settlement, now: number): void {
  const moves = chunk.claimed.map(({ delivery: id, standing: from }, n) => {
    const outcome = outcomes[n];
    if (!outcome) throw new TypeError('A settlement must account for everybody in its chunk.');
    return { id, to: advance(from, { kind: 'outcome', outcome, now }) };
  });
  let settled = 0;
  for (const { first, last, to, moves: together } of runsOf(moves)) {
    const providers = JSON.stringify(together.map((move) => move.to.providerId));
    const { state, attempt, due, reason } = to;
    desk.bookmark.moved(first, to);
    settled += Number(
      desk.sql.settle.run(
        ...[state, attempt, due, reason, providers, first, now],
        ...[first, last, chunk.chunk],
      ).changes,
    );
  }
  if (settled !== moves.length) throw new TypeError('A chunk can be settled once, by whoever claimed it.');
}

function claimChunks(desk: WriterDesk, turn: Turn, before: number, now: number): Chunk[] {
  const { chunks: most, size } = turn.claim;
  const rows = claimable(desk, turn, most * size, now);
  const chunks: Chunk[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const chunk = before + chunks.length + 1;
    if (turn.departs) desk.sql.depart.run(desk.id, chunk, turn.departs.epochMilliseconds);
    chunks.push({ chunk, claimed: claim(desk, chunk, rows.slice(from, from + size), now) });
  }
  return chunks;
}

/** A row that was looked at and may be claimed. */
interface Due {
  readonly id: number;
  readonly from: Standing;
  readonly recipient: Claimed['recipient'];
  readonly isErased: boolean;
}

function claim(desk: WriterDesk, chunk: number, rows: readonly Due[], now: number): Claimed[] {
  const claimed = rows.map(({ id, from, recipient }) => ({
    delivery: id,
    recipient,
    standing: advance(from, { kind: 'claim' }),
  }));
  const moves = claimed.map(({ delivery: id, standing: to }) => ({ id, to }));
  let count = 0;
  for (const { first, last, to } of runsOf(moves)) {
    const { state, attempt, due, reason } = to;
    count += Number(desk.sql.claim.run(chunk, state, attempt, due, reason, now, first, last).changes);
  }
  if (count !== claimed.length) throw damaged('an index and its rows do not agree');
  return claimed;
}

/** Up to so many rows that are due and may be written to; those that may not are excluded on the way. */
function claimable(desk: WriterDesk, turn: Turn, wanted: number, now: number): Due[] {
  const chosen: Due[] = [];
  const taken = new Set<number>();
  for (let postponed = 0; chosen.length < wanted && postponed < MOST_POSTPONED; ) {
    const rows = dueRows(desk, wanted, now).filter(({ id }) => !taken.has(id));
    if (rows.length === 0) return chosen;
    const looked = rows.slice(0, wanted - chosen.length);
    const excluded = turn.exclude(looked.map(({ recipient }) => recipient));
    for (const due of looked) {
      const { id, from, recipient } = due;
      if (from.due <= 0) desk.bookmark.pass(id);
      const reason = due.isErased ? 'suppressed' : excluded(recipient);
      const until = reason || isBooked(from) ? undefined : turn.postpone?.(recipient);
      if (reason) desk.move(id, from, { kind: 'exclude', reason }, now);
      else if (until !== undefined) {
        desk.move(id, from, { kind: 'postpone', until }, now);
        postponed++;
      } else {
        taken.add(id);
        chosen.push(due);
      }
    }
  }
  return chosen;
}

/** The first who are due: those who wait for nothing in the order of the list, then those who waited. */
function dueRows({ sql, id, bookmark }: WriterDesk, wanted: number, now: number): Due[] {
  const { next, span } = bookmark;
  const fresh = sql.fresh.all(id, next, span.last, wanted).map(dueIn);
  if (fresh.length === wanted) return fresh;
  if (fresh.length === 0) bookmark.pass(span.last);
  return [...fresh, ...sql.due.all(id, now, wanted).map(dueIn)];
}

/** @param row the columns of `RECIPIENT` in their order */
function dueIn(row: unknown): Due {
  const [id, recipient, address, key, fields, language, state, attempt, due, reason, provider] =
    row as readonly unknown[];
  if (key === null) throw damaged('somebody stands in it of whom nothing else is known');
  return {
    id: Number(id),
    isErased: address === null,
    recipient: {
      id: String(recipient),
      address: String(address),
      key: String(key),
      fields: textsIn(fields),
      language: String(language),
    },
    from: {
      state: stateIn(state),
      attempt: Number(attempt),
      due: Number(due),
      reason: textOrNull(reason),
      providerId: textOrNull(provider),
    },
  };
}
