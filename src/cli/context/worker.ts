import { finish } from '../../core/progress.ts';
import { Rounds } from '../../delivery/worker/rounds.ts';
import type { Wake, WakeQueue } from '../../delivery/worker/wake.ts';
import type { Context } from './context.ts';
import { type ApprovedReceipt, send } from './delivery.ts';
import { workersUrl } from './hand-over.ts';

/** What this machine cannot do, another one may do at once. */
const HAND_BACK_SECONDS = 1;

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
  const { openWakeQueue } = await import('../../adapters/queues/pg-boss.ts');
  const queue = await openWakeQueue(workersUrl(context), { isWorker: true });
  const rounds = new Rounds();
  let runs = 0;
  try {
    await queue.work(most, async (wake) => {
      if (await takeWake({ context, queue, rounds, tell }, wake)) runs++;
    });
    ready();
    const { once } = await import('node:events');
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await queue.close();
  }
  return runs;
}

interface Post {
  readonly context: Context;
  readonly queue: WakeQueue;
  readonly rounds: Rounds;
  readonly tell: WorkerOptions['tell'];
}

/**
 * Of each wake there comes one at most: for others who may help once the campaign is under way, else for a later try. So
 * there are never more of them than were put up.
 *
 * @returns whether this worker tried the campaign
 */
async function takeWake({ context, queue, rounds, tell }: Post, wake: Wake): Promise<boolean> {
  const { client, campaign } = wake;
  const now = () => context.clock.now();
  const putIn = (seconds: number) => queue.put(wake, now().add({ milliseconds: Math.round(1000 * seconds) }));
  const pass = rounds.passOn(wake, now().epochMilliseconds);
  if (pass !== undefined) {
    await putIn(pass);
    return false;
  }
  rounds.begin(wake);
  let isPassedOn = false;
  const begins = async () => {
    if (!isPassedOn) await putIn(0);
    isPassedOn = true;
  };
  try {
    const receipt = await sendWoken(context, wake, begins);
    rounds.succeeded(wake);
    // Whoever finished it has told.
    if (isPassedOn || receipt.state !== 'finished') tell({ client, campaign, receipt });
  } catch (error) {
    const { again, isNews } = rounds.failed(wake, error, now().epochMilliseconds);
    if (again !== undefined && !isPassedOn) await putIn(Math.min(again, HAND_BACK_SECONDS));
    if (isNews) tell({ client, campaign, error, again });
  }
  return true;
}

/** @throws what `send` throws */
async function sendWoken(
  context: Context,
  wake: Wake,
  begins: () => Promise<void>,
): Promise<ApprovedReceipt> {
  const { requireApproval } = wake;
  const client = context.workspace().client(wake.client);
  const { compileCampaign, openFinishedCampaign } = await import('./campaign.ts');
  const campaign = await openFinishedCampaign(context, client, wake.campaign);
  const messages = await compileCampaign(context, client, campaign);
  return finish(send(context, client, { campaign, messages, requireApproval, isUnattended: true, begins }));
}
