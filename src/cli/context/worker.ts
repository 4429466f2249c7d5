import { fail } from '../../core/errors/index.ts';
import { finish } from '../../core/progress.ts';
import { isOrdinary, tryAgainIn } from '../../delivery/worker/again.ts';
import type { Wake, WakeQueue } from '../../delivery/worker/wake.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { type ApprovedReceipt, send } from './delivery.ts';
import { hasLists, workersUrl } from './hand-over.ts';

/** What a worker tells of one campaign. */
export interface WorkerNews {
  readonly client: string;
  readonly campaign: string;
  /** Where it stands, when this worker's run of it ended in good order. */
  readonly receipt?: ApprovedReceipt | undefined;
  /** Why it did not. */
  readonly error?: unknown;
  /** Seconds until it is tried again; absent where a person must look at it first. */
  readonly again?: number | undefined;
}

export interface WorkerOptions {
  /** How many campaigns at once. */
  readonly most: number;
  readonly tell: (news: WorkerNews) => void;
  /** Told once it waits for work. */
  readonly ready: () => void;
}

/**
 * Sends campaigns that were put up with `promo send --by-worker`, on any number of machines at once, until Ctrl-C;
 * what is in flight is finished then. Every send goes through the same gate as one by hand.
 *
 * @returns how many runs there were
 * @throws WORKER_NEEDS_DATABASE, LEDGER_UNREACHABLE, LEDGER_UNKNOWN
 */
export async function runWorker(context: Context, { most, tell, ready }: WorkerOptions): Promise<number> {
  const url = workersUrl(context);
  const { openWakeQueue } = await import('../../adapters/queues/pg-boss.ts');
  const queue = await openWakeQueue(url, { isWorker: true });
  let runs = 0;
  try {
    await queue.work(most, async (wake) => {
      runs++;
      await takeWake(context, url, queue, wake, tell);
    });
    ready();
    const { once } = await import('node:events');
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await queue.close();
  }
  return runs;
}

async function takeWake(
  context: Context,
  url: string,
  queue: WakeQueue,
  wake: Wake,
  tell: WorkerOptions['tell'],
): Promise<void> {
  const { client, campaign } = wake;
  try {
    tell({ client, campaign, receipt: await sendWoken(context, url, wake) });
  } catch (error) {
    const again = tryAgainIn(error);
    if (again !== undefined) await queue.put(wake, context.clock.now().add({ seconds: again }));
    if (!isOrdinary(error)) tell({ client, campaign, error, again });
  }
}

/** @throws WORKER_OTHER_LISTS, CAMPAIGN_BUSY, and what `send` throws */
async function sendWoken(context: Context, url: string, wake: Wake): Promise<ApprovedReceipt> {
  const client = context.workspace().client(wake.client);
  if (!(await hasLists(context, client, wake.lists)))
    throw fail('WORKER_OTHER_LISTS', { client: client.name, campaign: wake.campaign });
  const { compileCampaign, openFinishedCampaign } = await import('./campaign.ts');
  const campaign = await openFinishedCampaign(context, client, wake.campaign);
  const messages = await compileCampaign(context, client, campaign);
  const letGo = await holdPace(url, client);
  try {
    return await finish(send(context, client, { campaign, messages, isUnattended: true }));
  } finally {
    await letGo();
  }
}

/** A client's pace is one for all its campaigns: then they go out one after the other. @throws CAMPAIGN_BUSY */
async function holdPace(url: string, client: Client): Promise<() => Promise<void>> {
  if (!client.config.sender?.pace) return async () => {};
  const { holdClient } = await import('../../adapters/ledgers/postgres/hold-client.ts');
  return holdClient(url, client.name);
}
