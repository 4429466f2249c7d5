import { setTimeout as wait } from 'node:timers/promises';
import { fail, isSecError } from '../../../core/errors/index.ts';
import type { LedgerWriter, Look, Togetherness, Turn, TurnResult } from '../../../delivery/ledger.ts';
import { advance } from '../../../delivery/state.ts';
import { type Row, standing } from '../rows.ts';
import type { Witness } from '../witness.ts';
import { type Connection, transaction } from './connect.ts';
import { freeze } from './freeze.ts';
import { enter, type Hand } from './hands.ts';
import { endHand, holdControl, takeHand, takeLease } from './lease.ts';
import { RECALLABLE, store } from './moves.ts';
import { claimedSince, countsOf, type Desk, lookAt, takeTurn } from './turn.ts';

export interface WriterOptions {
  readonly client: string;
  readonly campaign: string;
  readonly now: Temporal.Instant;
  readonly how: Togetherness;
  readonly witness: Witness;
  /** A new connection each time. */
  readonly open: () => Promise<Connection>;
}

/** How often a writer that lost its connection tries again, and how long it waits in between. */
const TRIES = 60;
const BETWEEN_MS = 1000;

const GENERATIONS = 'SELECT coalesce(sum(generation), 0) AS n FROM campaign';

/**
 * Lets a writer in, and shuts those out who are gone, with what they had in flight in doubt: one transaction.
 *
 * @throws CAMPAIGN_BUSY, LEDGER_OLD
 */
export async function openWriter(options: WriterOptions): Promise<LedgerWriter> {
  const { how, witness, open } = options;
  const connection = await open();
  try {
    await takeLease(connection, options, how);
    const hand = await transaction(connection, async () => {
      witness.check(await generations(connection));
      return enter(connection, { ...options, isAlone: how === 'alone' });
    });
    witness.note(await generations(connection));
    return new PostgresWriter(options, connection, hand);
  } catch (error) {
    await connection.end().catch(() => {});
    throw error;
  }
}

const generations = async (connection: Connection) =>
  Number((await connection.query<Row>(GENERATIONS)).rows[0]?.n);

/** The connection's own process on the server, which the driver knows and its types do not tell. */
const backendOf = (connection: Connection) => (connection as { processID?: number | null }).processID ?? 0;

class PostgresWriter implements LedgerWriter {
  readonly lost: number;
  readonly #options: WriterOptions;
  readonly #id: number;
  readonly #hand: Hand;
  #connection: Connection;
  /** Turns that are on the server's disk for certain, and the last chunk of them. */
  #turns = 0;
  #chunk = 0;
  #isReleased = false;

  constructor(options: WriterOptions, connection: Connection, hand: Hand) {
    this.#options = options;
    this.#connection = connection;
    this.#hand = hand;
    this.#id = hand.campaign;
    this.lost = hand.lost;
  }

  freeze(request: Parameters<LedgerWriter['freeze']>[0]): Promise<void> {
    return this.#within(async () => {
      const sql = 'SELECT frozen FROM campaign WHERE id = $1 FOR UPDATE';
      const [row] = (await this.#connection.query<Row>(sql, [this.#id])).rows;
      if (row?.frozen !== null) throw new TypeError('The audience of a campaign is frozen once.');
      await freeze(this.#connection, this.#id, request);
    });
  }

  schedule(at: Temporal.Instant | undefined): Promise<void> {
    return this.#within(async () => {
      const values = [at?.epochMilliseconds ?? null, this.#id];
      await this.#connection.query('UPDATE campaign SET scheduled = $1 WHERE id = $2', values);
    });
  }

  hold(batch: string): Promise<string> {
    return this.#within(async () => {
      const sql = 'UPDATE campaign SET batch = coalesce(batch, $1) WHERE id = $2 RETURNING batch';
      const { rows } = await this.#connection.query<Row>(sql, [batch, this.#id]);
      return String(rows[0]?.batch);
    });
  }

  recall(after: Temporal.Instant, now: Temporal.Instant): Promise<number> {
    return this.#within(async () => {
      const { rows } = await this.#connection.query<Row>(
        `SELECT id, state, attempt, due, reason, provider FROM ${RECALLABLE}`,
        [this.#id, after.epochMilliseconds],
      );
      const moves = rows.map((row) => ({
        id: Number(row.id),
        chunk: null,
        to: advance(standing(row), { kind: 'recall' }),
      }));
      await store(this.#connection, moves, now.epochMilliseconds);
      const counted = 'UPDATE campaign SET recalled = recalled + $1 WHERE id = $2';
      await this.#connection.query(counted, [rows.length, this.#id]);
      return rows.length;
    });
  }

  look(): Promise<Look> {
    return this.#within(() => lookAt(this.#desk()));
  }

  /** A connection that breaks in the middle leaves it open whether the turn happened: the count of turns tells. */
  async turn(turn: Turn): Promise<TurnResult> {
    for (let tries = 0; ; tries++) {
      try {
        const result = tries === 0 ? await this.#take(turn) : await this.#takeAgain(turn);
        this.#turns++;
        this.#chunk = result.chunks.at(-1)?.chunk ?? this.#chunk;
        return result;
      } catch (error) {
        if (!isSecError(error, 'LEDGER_UNREACHABLE') || tries === TRIES) throw error;
        await wait(BETWEEN_MS);
      }
    }
  }

  async resolve(
    as: 'accepted' | 'not-accepted',
    ids: readonly string[] | undefined,
    now: Temporal.Instant,
  ): Promise<number> {
    return this.#within(async () => {
      const { rows } = await this.#connection.query<Row>(
        `SELECT id, state, attempt, due, reason, provider FROM delivery
         WHERE campaign = $1 AND state = 'inDoubt' AND ($2::text[] IS NULL OR recipient = ANY ($2)) ORDER BY id FOR UPDATE`,
        [this.#id, ids ?? null],
      );
      const moves = rows.map((row) => ({
        id: Number(row.id),
        chunk: null,
        to: advance(standing(row), { kind: 'resolve', as }),
      }));
      await store(this.#connection, moves, now.epochMilliseconds);
      return rows.length;
    });
  }

  /** The lease ends with the connection, whatever else goes wrong. */
  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    try {
      await transaction(this.#connection, async () => {
        await this.#fence();
        await this.#connection.query('UPDATE hand SET ended = true WHERE id = $1', [this.#hand.hand]);
        const sql = 'UPDATE campaign SET generation = generation + 1 WHERE id = $1';
        await this.#connection.query(sql, [this.#id]);
      });
      this.#options.witness.note(await generations(this.#connection));
    } catch {
      // Not to have noted the end only leaves the witness where the beginning put it.
    } finally {
      await this.#connection.end().catch(() => {});
    }
  }

  async #within<T>(work: (row: Row) => Promise<T>): Promise<T> {
    if (this.#isReleased) throw this.#fenced();
    return transaction(this.#connection, async () => work(await this.#fence()));
  }

  /** Holds the writer's row until the transaction ends. @throws CAMPAIGN_FENCED */
  async #fence(): Promise<Row> {
    const sql = 'SELECT turns FROM hand WHERE id = $1 AND NOT ended FOR UPDATE';
    const [row] = (await this.#connection.query<Row>(sql, [this.#hand.hand])).rows;
    if (!row) throw this.#fenced();
    return row;
  }

  #take(turn: Turn): Promise<TurnResult> {
    if (this.#isReleased) throw this.#fenced();
    return transaction(this.#connection, async () => {
      await holdControl(this.#connection, this.#options, 'together');
      await this.#fence();
      return takeTurn(this.#desk(), turn);
    });
  }

  async #takeAgain(turn: Turn): Promise<TurnResult> {
    await this.#reconnect();
    const { turns } = await transaction(this.#connection, () => this.#fence());
    if (Number(turns) === this.#turns) return this.#take(turn);
    const chunks = await claimedSince(this.#desk(), this.#chunk);
    const { control, answered } = await countsOf(this.#desk());
    return { chunks, control, answered, nextDue: chunks.length > 0 ? undefined : turn.now };
  }

  /** What the server still holds of the old connection goes first, where it has not noticed that it broke. */
  async #reconnect(): Promise<void> {
    const { client, how, open } = this.#options;
    const { hand } = this.#hand;
    const old = backendOf(this.#connection);
    await this.#connection.end().catch(() => {});
    this.#connection = await open();
    await endHand(this.#connection, client, hand, old);
    for (let tries = 0; !(await takeHand(this.#connection, client, hand)); tries++) {
      if (tries === TRIES) throw this.#fenced();
      await wait(BETWEEN_MS / 10);
    }
    await takeLease(this.#connection, this.#options, how).catch((error) => {
      throw isSecError(error, 'CAMPAIGN_BUSY') ? this.#fenced() : error;
    });
  }

  #desk(): Desk {
    return { connection: this.#connection, ...this.#hand, isTogether: this.#options.how === 'together' };
  }

  #fenced() {
    return fail('CAMPAIGN_FENCED', { campaign: this.#options.campaign });
  }
}
