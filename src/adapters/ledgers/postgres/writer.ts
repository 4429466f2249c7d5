import { setTimeout as wait } from 'node:timers/promises';
import { fail, isSecError } from '../../../core/errors/index.ts';
import type { Control, LedgerWriter, Turn, TurnResult } from '../../../delivery/ledger.ts';
import { advance, BOOKED } from '../../../delivery/state.ts';
import { type Row, standing } from '../rows.ts';
import type { Witness } from '../witness.ts';
import { type Connection, transaction } from './connect.ts';
import { freeze } from './freeze.ts';
import { takeLease } from './lease.ts';
import { RECALLABLE, store } from './moves.ts';
import { claimedSince, takeTurn } from './turn.ts';

export interface WriterOptions {
  readonly client: string;
  readonly campaign: string;
  readonly now: Temporal.Instant;
  readonly witness: Witness;
  /** A new connection each time. */
  readonly open: () => Promise<Connection>;
}

/** How often a writer that lost its connection tries again, and how long it waits in between. */
const TRIES = 60;
const BETWEEN_MS = 1000;

const GENERATIONS = 'SELECT coalesce(sum(generation), 0) AS n FROM campaign';
const STANDING = 'SELECT id, state, attempt, due, reason, provider FROM delivery WHERE campaign = $1';

/**
 * Lets a writer in, shuts the earlier one out, and puts what that one had in flight in doubt: one transaction.
 *
 * @throws CAMPAIGN_BUSY, LEDGER_OLD
 */
export async function openWriter(options: WriterOptions): Promise<LedgerWriter> {
  const { campaign, now, witness, open } = options;
  const connection = await open();
  try {
    await takeLease(connection, options);
    const entered = await transaction(connection, async () => {
      witness.check(await generations(connection));
      await connection.query('INSERT INTO campaign (name) VALUES ($1) ON CONFLICT (name) DO NOTHING', [
        campaign,
      ]);
      const { rows } = await connection.query<Row>(
        'UPDATE campaign SET generation = generation + 1 WHERE name = $1 RETURNING id, generation, turns, chunks',
        [campaign],
      );
      const [row = {}] = rows;
      return { row, lost: await abandon(connection, Number(row.id), now.epochMilliseconds) };
    });
    witness.note(await generations(connection));
    return new PostgresWriter(options, connection, entered.row, entered.lost);
  } catch (error) {
    await connection.end().catch(() => {});
    throw error;
  }
}

const generations = async (connection: Connection) =>
  Number((await connection.query<Row>(GENERATIONS)).rows[0]?.n);

async function abandon(connection: Connection, campaign: number, now: number): Promise<number> {
  const lost = await connection.query<Row>(`${STANDING} AND state = 'sending'`, [campaign]);
  const booked = await connection.query<Row>(`${STANDING} AND state = 'planned' AND reason = $2`, [
    campaign,
    BOOKED,
  ]);
  const moves = [
    ...lost.rows.map((row) => ({ row, kind: 'writerLost' as const })),
    ...booked.rows.map((row) => ({ row, kind: 'unbook' as const })),
  ];
  await store(
    connection,
    moves.map(({ row, kind }) => ({ id: Number(row.id), chunk: null, to: advance(standing(row), { kind }) })),
    now,
  );
  return lost.rows.length;
}

class PostgresWriter implements LedgerWriter {
  readonly lost: number;
  readonly #options: WriterOptions;
  readonly #id: number;
  readonly #generation: number;
  #connection: Connection;
  /** Turns and chunks that are on the server's disk for certain. */
  #turns: number;
  #chunks: number;
  #isReleased = false;

  constructor(options: WriterOptions, connection: Connection, row: Row, lost: number) {
    this.#options = options;
    this.#connection = connection;
    this.#id = Number(row.id);
    this.#generation = Number(row.generation);
    this.#turns = Number(row.turns);
    this.#chunks = Number(row.chunks);
    this.lost = lost;
  }

  freeze(request: Parameters<LedgerWriter['freeze']>[0]): Promise<void> {
    return this.#within(async () => {
      const { frozen } = await this.#fence();
      if (frozen !== null) throw new TypeError('The audience of a campaign is frozen once.');
      await freeze(this.#connection, this.#id, request);
    });
  }

  schedule(at: Temporal.Instant | undefined): Promise<void> {
    return this.#within(async () => {
      await this.#fence();
      const values = [at?.epochMilliseconds ?? null, this.#id];
      await this.#connection.query('UPDATE campaign SET scheduled = $1 WHERE id = $2', values);
    });
  }

  hold(batch: string): Promise<void> {
    return this.#within(async () => {
      await this.#fence();
      await this.#connection.query('UPDATE campaign SET batch = $1 WHERE id = $2', [batch, this.#id]);
    });
  }

  recall(after: Temporal.Instant, now: Temporal.Instant): Promise<number> {
    return this.#within(async () => {
      await this.#fence();
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

  /** A connection that breaks in the middle leaves it open whether the turn happened: the count of turns tells. */
  async turn(turn: Turn): Promise<TurnResult> {
    for (let tries = 0; ; tries++) {
      try {
        const result = tries === 0 ? await this.#take(turn) : await this.#takeAgain(turn);
        this.#turns++;
        this.#chunks += result.chunks.length;
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
      await this.#fence();
      const { rows } = await this.#connection.query<Row>(
        `${STANDING} AND state = 'inDoubt' AND ($2::text[] IS NULL OR recipient = ANY ($2)) ORDER BY id FOR UPDATE`,
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
        await this.#connection.query('UPDATE campaign SET generation = generation + 1 WHERE id = $1', [
          this.#id,
        ]);
      });
      this.#options.witness.note(await generations(this.#connection));
    } catch {
      // Not to have noted the end only leaves the witness where the beginning put it.
    } finally {
      await this.#connection.end().catch(() => {});
    }
  }

  async #within<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isReleased) throw this.#fenced();
    return transaction(this.#connection, work);
  }

  /** Holds the campaign's row until the transaction ends. @throws CAMPAIGN_FENCED */
  async #fence(): Promise<Row> {
    const { rows } = await this.#connection.query<Row>('SELECT * FROM campaign WHERE id = $1 FOR UPDATE', [
      this.#id,
    ]);
    const [row] = rows;
    if (!row || Number(row.generation) !== this.#generation) throw this.#fenced();
    return row;
  }

  #take(turn: Turn): Promise<TurnResult> {
    return this.#within(async () => {
      const campaign = await this.#fence();
      const result = await takeTurn(this.#connection, campaign, turn);
      await this.#connection.query('UPDATE campaign SET turns = turns + 1 WHERE id = $1', [this.#id]);
      return result;
    });
  }

  async #takeAgain(turn: Turn): Promise<TurnResult> {
    await this.#connection.end().catch(() => {});
    this.#connection = await this.#options.open();
    await takeLease(this.#connection, this.#options).catch((error) => {
      throw isSecError(error, 'CAMPAIGN_BUSY') ? this.#fenced() : error;
    });
    const campaign = await transaction(this.#connection, () => this.#fence());
    if (Number(campaign.turns) === this.#turns) return this.#take(turn);
    const chunks = await claimedSince(this.#connection, this.#id, this.#chunks);
    return {
      chunks,
      control: campaign.control as Control,
      nextDue: chunks.length > 0 ? undefined : turn.now,
    };
  }

  #fenced() {
    return fail('CAMPAIGN_FENCED', { campaign: this.#options.campaign });
  }
}
