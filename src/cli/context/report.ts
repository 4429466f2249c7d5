import { mainBrief } from '../../campaign/brief/brief.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import { makeReport, type SendReport } from '../../delivery/report/report.ts';
import { reportTitle } from '../../delivery/report/title.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { withEvents } from './event-log.ts';
import { withLedger } from './ledger.ts';

/** What `sec promo report --json` prints. */
export interface CampaignReport extends SendReport {
  readonly client: string;
  readonly campaign: string;
}

/** How a campaign went. @throws CAMPAIGN_NOT_SENT, EVENTS_BROKEN */
export async function campaignReport(
  context: Context,
  client: Client,
  campaign: string,
): Promise<CampaignReport> {
  const facts = await withLedger(context, client, async (ledger) => {
    const record = await ledger.campaign(campaign);
    if (!record) throw fail('CAMPAIGN_NOT_SENT', { client: client.name, campaign });
    const tally = await ledger.tally(campaign);
    return { tally, recalled: record.recalled, breakdown: await ledger.breakdown(campaign) };
  });
  const told = await withEvents(context, client, async (log) => ({
    events: await log.tally(campaign),
    eventHours: await log.hours(campaign),
  }));
  return { client: client.name, campaign, ...makeReport({ ...facts, ...told }) };
}

/** The report as a file of one kind, in the client's language. */
export async function reportFile(
  context: Context,
  client: Client,
  report: CampaignReport,
  kind: 'html' | 'csv',
  language: string,
): Promise<string> {
  if (kind === 'csv') {
    const { reportCsv } = await import('../views/report/text.ts');
    return reportCsv(report, language);
  }
  const { reportHtml } = await import('../views/report/html.ts');
  return reportHtml({
    business: client.config.name,
    subject: await titleOf(context, client, report.campaign),
    language,
    timezone: client.timezone,
    now: context.clock.now(),
    report,
  });
}

/** By its subject line; by the campaign's name where its brief is gone. */
async function titleOf(context: Context, client: Client, campaign: string): Promise<string> {
  const { openCampaign } = await import('./campaign.ts');
  try {
    const { subject } = mainBrief(await openCampaign(context, client, campaign)).fields;
    return reportTitle(subject, campaign);
  } catch (error) {
    if (isSecError(error)) return campaign;
    throw error;
  }
}
