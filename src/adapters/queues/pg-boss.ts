import type { Job } from 'pg-boss';
import type { Wake, WakeQueue } from '../../delivery/worker/wake.ts';
import { asKnown, configOf } from '../ledgers/postgres/connect.ts';
import { QUEUE } from './waiting.ts';

/** A worker that said nothing for so long is gone, and its campaigns go to another one. */
const HEARTBEAT_SECONDS = 10;
const LOOK_SECONDS = 5;
const DAY_SECONDS = 86_400;

/**
 * Wakes in the office's PostgreSQL, kept by pg-boss in a schema of its own. They name clients and campaigns, and no
 * recipient.
 *
 * @param options.isWorker whether this one takes wakes, and looks after those of workers that are gone
 * @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN
 */
export async function openWakeQueue(url: string, { isWorker }: { isWorker: boolean }): Promise<WakeQueue> {
  const { PgBoss } = await import('pg-boss');
  const { host, port, user, password, database, ssl, connectionTimeoutMillis } = configOf(url);
  const boss = new PgBoss({
    ...{
      host: host ?? 'localhost',
      port: port ?? 5432,
      ssl,
      connectionTimeoutMillis: connectionTimeoutMillis ?? 0,
    },
    ...(user === undefined ? {} : { user }),
    ...(typeof password === 'string' ? { password } : {}),
    ...(database === undefined ? {} : { database }),
    application_name: 'sec worker',
    max: isWorker ? 3 : 1,
    supervise: isWorker,
    schedule: false,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS,
  });
  // A database that is away for a moment is asked again by itself.
  boss.on('error', () => {});
  const known = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw asKnown(error);
    }
  };
  await known(boss.start());
  await known(
    boss.createQueue(QUEUE, {
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: DAY_SECONDS - 1,
      // Whoever took it and died is no reason ever to forget a campaign.
      retryLimit: 1_000_000,
      retryDelay: LOOK_SECONDS,
      retentionSeconds: 365 * DAY_SECONDS,
      deleteAfterSeconds: DAY_SECONDS,
    }),
  );
  const busy = new Set<Promise<void>>();
  let isClosing = false;

  return {
    async put(wake, at) {
      const startAfter = at === undefined ? {} : { startAfter: new Date(at.epochMilliseconds) };
      await known(boss.send(QUEUE, wake, startAfter));
    },
    async work(most, take) {
      const handle = async ([job]: Job<Wake>[]) => {
        if (!job) return;
        if (isClosing) throw new Error('this worker is closing');
        const work = take(job.data);
        const settled = work.catch(() => {});
        busy.add(settled);
        try {
          await work;
        } finally {
          busy.delete(settled);
        }
      };
      const options = { localConcurrency: most, pollingIntervalSeconds: 0.5, heartbeatRefreshSeconds: 3 };
      await known(boss.work<Wake>(QUEUE, options, handle));
    },
    async close() {
      isClosing = true;
      await Promise.all(busy);
      await boss.stop({ graceful: true, timeout: 5000 }).catch(() => {});
    },
  };
}
