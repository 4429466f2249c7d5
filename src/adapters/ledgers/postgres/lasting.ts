import type { Row } from '../rows.ts';
import { asKnown, type Connection } from './connect.ts';
import { migrate } from './schema.ts';

/** A connection for one question after the other. One that broke is replaced at the next. */
export interface LastingConnection {
  /** @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN, and what `work` throws */
  use<T>(work: (at: Connection) => Promise<T>): Promise<T>;
  query(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/**
 * Opens it and brings the tables of a scope up to date.
 *
 * @param open makes a connection to the scope's schema
 * @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN
 */
export async function lastingConnection(
  scope: string,
  open: () => Promise<Connection>,
): Promise<LastingConnection> {
  const first = await open();
  await migrate(first, scope);
  let current: Promise<Connection> | undefined = Promise.resolve(first);

  const use = async <T>(work: (at: Connection) => Promise<T>): Promise<T> => {
    current ??= open();
    const used = current;
    try {
      return await work(await used);
    } catch (error) {
      if (current === used) current = undefined;
      await ended(used);
      throw asKnown(error);
    }
  };
  return {
    use,
    query: (sql, values = []) => use(async (at) => (await at.query<Row>(sql, [...values])).rows),
    close: async () => {
      if (current) await ended(current);
    },
  };
}

/** One that could not be made, or that is gone already, has ended. */
const ended = (connection: Promise<Connection>) => connection.then((at) => at.end()).catch(() => {});
