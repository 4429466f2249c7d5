import { setTimeout as wait } from 'node:timers/promises';
import { isSecError } from '../../../core/errors/index.ts';
import type { Pace } from '../../../delivery/pace/pace.ts';
import type { PaceKeeper } from '../../../delivery/pace/pacing.ts';
import type { Row } from '../rows.ts';
import { asKnown, type Connection, connect } from './connect.ts';
import { schemaOf } from './schema.ts';

const TRIES = 60;
const BETWEEN_MS = 1000;

/** A keeper that has a connection to let go of. */
export interface SharedPace extends PaceKeeper {
  close(): Promise<void>;
}

/**
 * Keeps a client's pace in the office's PostgreSQL: one process after the other takes its share, whichever campaign it is
 * for. A process that dies in between has told nothing of its last share, and its in-flight mails are as many at most.
 */
export function sharedPace(url: string, client: string): SharedPace {
  let connection: Connection | undefined;
  let heard = 0;

  const letGo = async () => {
    const old = connection;
    connection = undefined;
    await old?.end().catch(() => {});
  };
  const begin = async (pace: Pace) => {
    connection ??= await connect(url, schemaOf(client));
    await connection.query('BEGIN');
    await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('sec pace ' || $1, 0))", [client]);
    const sql = 'SELECT name, ahead, seq FROM pace WHERE seq > $1 ORDER BY seq';
    for (const { name, ahead, seq } of (await connection.query<Row>(sql, [heard])).rows) {
      pace.learn(String(name), Number(ahead));
      heard = Number(seq);
    }
  };

  return {
    async begin(pace) {
      for (let tries = 0; ; tries++) {
        try {
          return await begin(pace);
        } catch (error) {
          await letGo();
          const known = asKnown(error);
          if (!isSecError(known, 'LEDGER_UNREACHABLE') || tries === TRIES) throw known;
          await wait(BETWEEN_MS);
        }
      }
    },
    async done(pace) {
      try {
        const untold = pace.untold();
        if (untold.length > 0)
          await connection?.query(
            `INSERT INTO pace (name, ahead, seq)
             SELECT v.name, v.ahead, nextval('chunk') FROM unnest($1::text[], $2::double precision[]) AS v (name, ahead)
             ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, ahead = greatest(pace.ahead, excluded.ahead)`,
            [untold.map(({ name }) => name), untold.map(({ ahead }) => ahead)],
          );
        await connection?.query('COMMIT');
        if (connection) pace.told();
      } catch {
        // Told the next time: what was taken is remembered here.
        await letGo();
      }
    },
    close: letGo,
  };
}
