import { fail } from '../../core/errors/index.ts';
import type { Transport } from '../../delivery/transport.ts';
import { sendBatch } from './smtp/batch.ts';
import { isRefusal, plainProblem } from './smtp/classify.ts';
import { lost } from './smtp/failure.ts';
import { smtpOptions } from './smtp/options.ts';
import { SessionPool } from './smtp/pool.ts';
import { openSession } from './smtp/session.ts';

/** Few, because after a crash all that was claimed is in doubt; enough to share one commit of the ledger. */
const BATCH = 8;
/** While one batch is on its way, the next is claimed and made: a connection never waits for the ledger. */
const BATCHES_PER_CONNECTION = 2;

/**
 * Mail over SMTP (RFC 5321): one transaction and one recipient per message, over several connections that are
 * kept between batches.
 *
 * @param login `{user, password}` that was confided for this server
 * @throws TRANSPORT_INVALID
 */
export function smtpTransport(
  url: string,
  env: Readonly<NodeJS.ProcessEnv>,
  login?: Readonly<Record<string, string>>,
): Transport {
  const options = smtpOptions(url, env, login);
  const pool = new SessionPool(options.connections, () => openSession(options));
  return {
    name: options.name,
    batchSize: BATCH,
    concurrency: BATCHES_PER_CONNECTION * options.connections,
    async check() {
      try {
        pool.give((await pool.take()).session);
      } catch (error) {
        const failure = lost('connect', error);
        const code = isRefusal(failure) ? 'TRANSPORT_REFUSED' : 'TRANSPORT_UNREACHABLE';
        throw fail(code, { transport: options.name, problem: plainProblem(failure) }, failure);
      }
    },
    send: (batch, mayGo) => sendBatch(batch, pool, mayGo),
    async close() {
      pool.close();
    },
  };
}
