import { availableParallelism } from 'node:os';
import { fail } from '../../core/errors/index.ts';
import type { Transport } from '../../delivery/transport.ts';
import { sendBatch } from './smtp/batch.ts';
import { openCarrier } from './smtp/carrier.ts';
import { smtpOptions } from './smtp/options.ts';
import { openThreadCarrier } from './smtp/thread/thread-carrier.ts';

/** Few, because after a crash all that was claimed is in doubt; enough that a commit of the ledger is shared by many. */
const BATCH = { few: 8, many: 16 } as const;
/** While one batch is on its way, the next is claimed and made: a connection seldom waits for the ledger. */
const SPARE_BATCHES = 2;
/** From so many mails on, a thread for the sockets earns what its start costs. */
const PAYS_FROM = 1000;

interface SmtpTransportOptions {
  /** `{user, password}` that was confided for this server. */
  readonly login?: Readonly<Record<string, string>> | undefined;
  /** How many mails will go, about; few unless said. */
  readonly mails?: number | undefined;
}

/**
 * Mail over SMTP (RFC 5321): one transaction and one recipient per message, over several connections that are
 * kept between batches.
 *
 * @throws TRANSPORT_INVALID
 */
export function smtpTransport(
  url: string,
  env: Readonly<NodeJS.ProcessEnv>,
  { login, mails = 0 }: SmtpTransportOptions = {},
): Transport {
  const options = smtpOptions(url, env, login);
  const pays = mails >= PAYS_FROM && availableParallelism() > 1;
  const carrier = pays ? openThreadCarrier(options) : openCarrier(options);
  return {
    name: options.name,
    batchSize: pays ? BATCH.many : BATCH.few,
    concurrency: options.connections + SPARE_BATCHES,
    async check() {
      const obstacle = await carrier.check();
      if (!obstacle) return;
      const code = obstacle.isRefusal ? 'TRANSPORT_REFUSED' : 'TRANSPORT_UNREACHABLE';
      throw fail(code, { transport: options.name, problem: obstacle.problem });
    },
    send: (batch, mayGo) => sendBatch(batch, carrier, mayGo),
    close: () => carrier.close(),
  };
}
