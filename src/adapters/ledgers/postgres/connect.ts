import type { ClientConfig, Client as PgClient } from 'pg';
import { fail } from '../../../core/errors/index.ts';
import { plainReason } from '../../../delivery/outcome.ts';

/** A connection to the database, with one query or transaction under way at a time. */
export type Connection = PgClient;

/**
 * Makes the server notice within half a minute that a machine vanished without a word, and let go of what it held
 * (https://www.postgresql.org/docs/15/runtime-config-connection.html). The system's own wait is two hours.
 */
const NOTICE_LOSS =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000';

/**
 * Connects to `postgres://user:password@host/database`. To another machine only encrypted, to a server whose certificate
 * is verified: names and addresses of customers go this way.
 *
 * @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN, never with the password in it
 */
export async function connect(url: string, schema: string): Promise<Connection> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ ...configOf(url), options: `-c search_path=${schema} ${NOTICE_LOSS}` });
  // A connection that breaks while nobody uses it says so at the next query.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw asKnown(error);
  }
}

/** How to reach the database of an address. @throws LEDGER_UNKNOWN */
export function configOf(url: string): ClientConfig {
  const parsed = URL.parse(url);
  if (!parsed) throw fail('LEDGER_UNKNOWN', { problem: 'SEC_LEDGER_URL is no address' });
  const host = decodeURIComponent(parsed.hostname).replace(/^\[|\]$/g, '');
  const isHere = host === 'localhost' || host === '::1' || /^127\./.test(host);
  const mode = parsed.searchParams.get('sslmode') ?? (isHere ? 'disable' : 'verify-full');
  if (mode === 'disable' && !isHere)
    throw fail('LEDGER_UNKNOWN', { problem: 'to another machine it must be encrypted (no sslmode=disable)' });
  return {
    host,
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username) || undefined,
    password: decodeURIComponent(parsed.password) || undefined,
    database: decodeURIComponent(parsed.pathname.slice(1)) || undefined,
    ssl: mode === 'disable' ? false : { rejectUnauthorized: true },
    connectionTimeoutMillis: 10_000,
    // A network that was cut is noticed, rather than waited for.
    query_timeout: 60_000,
    keepAlive: true,
    application_name: 'sec',
  };
}

/** Runs `work` as one transaction that is on the server's disk when this returns, or never happened. */
export async function transaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  try {
    await connection.query('BEGIN');
    const result = await work();
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => {});
    throw asKnown(error);
  }
}

/** What the driver and the server say, as errors of the catalogue (https://www.postgresql.org/docs/15/errcodes-appendix.html). */
export function asKnown(error: unknown): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (isLost(error)) return fail('LEDGER_UNREACHABLE', { problem: lostWords(code) }, error);
  if (/^(28|3D|42501)/.test(code))
    return fail('LEDGER_UNKNOWN', { problem: `the database refuses: ${plainReason(message)}` }, error);
  if (/^53/.test(code))
    return fail('IO_FAILED', { problem: 'the database is out of room', file: 'the shared ledger' }, error);
  return error;
}

/** Whether the connection is gone: what was under way may have happened or not. */
function isLost(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (/^(08|57P0)/.test(code)) return true;
  if (/^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/.test(code)) return true;
  return /Connection terminated|not queryable|Query read timeout|timeout expired|Client was closed/i.test(
    message,
  );
}

const lostWords = (code: string) =>
  code === 'ECONNREFUSED'
    ? 'nobody answers at this address and port'
    : 'the connection broke, or it did not answer in time';
