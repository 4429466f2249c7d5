import { join } from 'node:path';
import type { Doubt, Ledger } from '../../delivery/ledger.ts';
import type { SendReceipt } from '../../delivery/receipt.ts';
import { standingReceipt } from '../../delivery/send.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** Where the office keeps its records of sends; undefined for a file of each client's. */
const ledgerUrl = (context: Context): string | undefined =>
  context.env.SEC_LEDGER_URL ?? context.workspace().config.ledger;

/** The database that the office shares; undefined where the record of sends is a file of this machine. */
export function sharedUrl(context: Context): string | undefined {
  const url = ledgerUrl(context);
  return url !== undefined && /^postgres(ql)?:/i.test(url) ? url : undefined;
}

/** The client's record of sends. The caller closes it. @throws LEDGER_UNKNOWN, IO_FAILED */
export async function openClientLedger(context: Context, client: Client): Promise<Ledger> {
  const { openLedger } = await import('../../adapters/ledgers/registry.ts');
  const { stateDir } = context.workspace();
  const url = ledgerUrl(context);
  const witness = join(stateDir, 'witness', client.name);
  return openLedger({ client: client.name, dir: client.stateDir, witness, url });
}

/** Names of the campaigns that were sent, also of those whose brief is gone. */
export const sentCampaigns = (context: Context, client: Client): Promise<readonly string[]> =>
  withLedger(context, client, (ledger) => ledger.campaigns());

/** Whether the campaign has its people already. */
export const wasBegun = (context: Context, client: Client, campaign: string): Promise<boolean> =>
  withLedger(context, client, async (ledger) => (await ledger.campaign(campaign)) !== undefined);

/** The campaign that a word means, also one whose brief is gone but which was sent. @throws WORD_MISSING, CAMPAIGN_UNKNOWN */
export async function campaignName(
  context: Context,
  client: Client,
  given: string | undefined,
): Promise<string> {
  if (given !== undefined && (await wasBegun(context, client, given))) return given;
  const { openCampaign } = await import('./campaign.ts');
  return (await openCampaign(context, client, given)).name;
}

/** Where a campaign stands. */
export async function sendStatus(context: Context, client: Client, campaign: string): Promise<SendReceipt> {
  const began = context.clock.now();
  const receipt = await withLedger(context, client, (ledger) =>
    standingReceipt(ledger, client.name, campaign, began.until(context.clock.now())),
  );
  const url = sharedUrl(context);
  if (url === undefined || receipt.state !== 'stopped') return receipt;
  const { isWaiting } = await import('../../adapters/queues/waiting.ts');
  return (await isWaiting(url, { client: client.name, campaign }))
    ? { ...receipt, state: 'waiting' }
    : receipt;
}

/** Asks the sender, wherever it runs, to pause. @throws CAMPAIGN_NOT_SENT, CAMPAIGN_CANCELLED */
export const pause = (context: Context, client: Client, campaign: string): Promise<SendReceipt> =>
  withLedger(context, client, async (ledger) => {
    await ledger.request(campaign, 'pause');
    return sendStatus(context, client, campaign);
  });

/**
 * Those of whom nobody knows whether the mail arrived. What a sender that is gone had in flight counts among
 * them; a sender at work is left alone.
 */
export const listDoubts = (context: Context, client: Client, campaign: string): Promise<readonly Doubt[]> =>
  withLedger(context, client, async (ledger) => {
    const { sending } = await ledger.tally(campaign);
    if (sending > 0 && !(await ledger.isBusy(campaign)))
      await (await ledger.write(campaign, context.clock.now())).release();
    return ledger.doubts(campaign);
  });

/** Records what a person found out. Returns how many were settled. @throws CAMPAIGN_BUSY */
export const resolveDoubts = (
  context: Context,
  client: Client,
  campaign: string,
  as: 'accepted' | 'not-accepted',
  ids: readonly string[] | undefined,
): Promise<number> =>
  withLedger(context, client, async (ledger) => {
    const writer = await ledger.write(campaign, context.clock.now());
    try {
      return await writer.resolve(as, ids, context.clock.now());
    } finally {
      await writer.release();
    }
  });

export async function withLedger<T>(
  context: Context,
  client: Client,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const ledger = await openClientLedger(context, client);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
