import { keyedHash } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { createLists, openLists } from './audience.ts';
import type { Context } from './context.ts';
import { ledgerUrl } from './ledger.ts';

type HandOver = (start: Temporal.Instant | undefined) => Promise<void>;

/** Where workers share their work. @throws WORKER_NEEDS_DATABASE */
export function workersUrl(context: Context): string {
  const url = ledgerUrl(context);
  if (url === undefined || !/^postgres(ql)?:/i.test(url)) throw fail('WORKER_NEEDS_DATABASE', {});
  return url;
}

/** Puts a campaign up for a worker, once it has its people. @throws WORKER_NEEDS_DATABASE, LISTS_… errors */
export async function openHandOver(context: Context, client: Client, campaign: string): Promise<HandOver> {
  const url = workersUrl(context);
  const store = await createLists(context, client);
  const lists = markOf(store.clientKey);
  store.close();
  return async (start) => {
    const { openWakeQueue } = await import('../../adapters/queues/pg-boss.ts');
    const queue = await openWakeQueue(url, { isWorker: false });
    try {
      await queue.put({ client: client.name, campaign, lists }, start);
    } finally {
      await queue.close();
    }
  };
}

/** Whether this machine has the lists that a campaign was put up with, and so knows who must not be written to. */
export async function hasLists(context: Context, client: Client, mark: string): Promise<boolean> {
  const store = await openLists(context, client);
  try {
    return store !== undefined && markOf(store.clientKey) === mark;
  } finally {
    store?.close();
  }
}

const markOf = (key: Parameters<typeof keyedHash>[0]) =>
  keyedHash(key, 'the lists that a campaign was put up with');
