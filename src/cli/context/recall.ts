import type { Departing, Ledger } from '../../delivery/ledger.ts';
import type { CancelReceipt } from '../../delivery/receipt.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openClientTransport } from './delivery.ts';
import { sendStatus, withLedger } from './ledger.ts';

/** A request that is under way may take two minutes to be answered. */
const PATIENCE_MS = 150_000;
const LOOK_MS = 200;

/** What of a campaign may still be held back. */
export const heldBack = (context: Context, client: Client, campaign: string): Promise<Departing> =>
  withLedger(context, client, (ledger) => ledger.departing(campaign, context.clock.now()));

/**
 * Stops a campaign for good: nobody else is handed over, and what SendGrid still holds is called back. Only what it
 * confirmed is recorded as stopped. The audit log is told, however it ended.
 *
 * @throws CAMPAIGN_NOT_SENT; CAMPAIGN_BUSY, TRANSPORT_INVALID and RECALL_UNCONFIRMED with the campaign cancelled and
 *   nothing called back
 */
export function cancelCampaign(context: Context, client: Client, campaign: string): Promise<CancelReceipt> {
  return withLedger(context, client, async (ledger) => {
    await ledger.request(campaign, 'cancel');
    const batch = (await ledger.campaign(campaign))?.batch;
    let stopped: number | undefined;
    try {
      stopped = batch === undefined ? undefined : await recall(context, client, ledger, campaign, batch);
    } finally {
      await auditCancel(context, client, ledger, campaign, stopped);
    }
    const receipt = await sendStatus(context, client, campaign);
    return { ...receipt, ...(stopped === undefined ? {} : { stopped }) };
  });
}

/** Counts and names, nobody's address. */
async function auditCancel(
  context: Context,
  client: Client,
  ledger: Ledger,
  campaign: string,
  stopped: number | undefined,
): Promise<void> {
  const { planned, accepted, rejected, inDoubt } = await ledger.tally(campaign);
  const { appendAudit } = await import('./audit.ts');
  await appendAudit(context, client, 'promo.cancel', {
    campaign,
    ...{ planned, accepted, rejected, inDoubt },
    ...(stopped === undefined ? {} : { stopped }),
  });
}

/** What a sender at work has in flight comes first: the batch is stopped when nothing more is added to it. */
async function recall(
  context: Context,
  client: Client,
  ledger: Ledger,
  campaign: string,
  batch: string,
): Promise<number | undefined> {
  await untilFree(ledger, campaign);
  if ((await ledger.departing(campaign, context.clock.now())).count === 0) return undefined;
  const writer = await ledger.write(campaign, context.clock.now());
  try {
    const transport = await openClientTransport(context, client, 'sendgrid:');
    try {
      const after = await transport.recall?.cancel(batch);
      return after && (await writer.recall(after, context.clock.now()));
    } finally {
      await transport.close();
    }
  } finally {
    await writer.release();
  }
}

async function untilFree(ledger: Ledger, campaign: string): Promise<void> {
  const { setTimeout: wait } = await import('node:timers/promises');
  for (let waited = 0; waited < PATIENCE_MS && (await ledger.isBusy(campaign)); waited += LOOK_MS)
    await wait(LOOK_MS);
}
