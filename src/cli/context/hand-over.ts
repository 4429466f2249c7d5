import type { Campaign } from '../../campaign/brief/brief.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { sharedUrl } from './ledger.ts';

type HandOver = (start: Temporal.Instant | undefined) => Promise<void>;

/** Where workers share their work. @throws WORKER_NEEDS_DATABASE */
export function workersUrl(context: Context): string {
  const url = sharedUrl(context);
  if (url === undefined) throw fail('WORKER_NEEDS_DATABASE', {});
  return url;
}

interface HandedOver {
  readonly campaign: Pick<Campaign, 'name'>;
  readonly requireApproval?: boolean | undefined;
}

/** Puts a campaign up for a worker, once it has its people. @throws WORKER_NEEDS_DATABASE */
export function openHandOver(
  context: Context,
  client: Client,
  { campaign: { name: campaign }, requireApproval = false }: HandedOver,
): HandOver {
  const url = workersUrl(context);
  return async (start) => {
    const { openWakeQueue } = await import('../../adapters/queues/pg-boss.ts');
    const queue = await openWakeQueue(url, { isWorker: false });
    try {
      await queue.put({ client: client.name, campaign, requireApproval }, start);
    } finally {
      await queue.close();
    }
  };
}
