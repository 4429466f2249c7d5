import { join } from 'node:path';
import type { Brief, Campaign } from '../../campaign/brief/brief.ts';
import { type Digest, digestOf } from '../../core/digest.ts';
import { isSecError } from '../../core/errors/index.ts';
import type { CampaignFile, CampaignFiles } from '../../site/campaign-files.ts';
import type { Client } from '../../workspace/index.ts';
import { compileBrief, findSender, finishedCampaigns } from './campaign.ts';
import { hasOwnSite, pictureDigests } from './campaign-pictures.ts';
import { readTemplate } from './campaign-templates.ts';
import type { Context } from './context.ts';

/** What campaigns leave on a client's site, and what could not be put there. */
export interface HostedFiles extends CampaignFiles {
  /** Pictures that mails show from there: a campaign, and a path below its folder. */
  readonly pictures: readonly { readonly campaign: string; readonly src: string }[];
  readonly warnings: readonly string[];
}

/**
 * The files of a client's campaigns that have begun: the web version of each mail, the calendar files of events,
 * and the pictures that mails show. A mail that cannot be made does not keep the site from being built.
 *
 * @param future whether campaigns that are yet to begin are shown too
 */
export async function hostedFiles(
  context: Context,
  client: Client,
  now: Temporal.Instant,
  future = false,
): Promise<HostedFiles> {
  const sender = findSender(client);
  const hosted = { files: [] as CampaignFile[], pictures: [] as HostedFiles['pictures'][number][] };
  const changes: Temporal.Instant[] = [];
  const warnings: string[] = [];
  if (!sender || !hasOwnSite(client)) return { ...hosted, changes, warnings };
  const finished = await finishedCampaigns(context, client);
  if (finished.length === 0) return { ...hosted, changes, warnings };
  const { isHosted } = await import('../../campaign/hosting.ts');
  const campaigns = finished.filter((one) => isHosted(one, sender));
  if (campaigns.length === 0) return { ...hosted, changes, warnings };
  const pages = await openPages(client);
  for (const campaign of campaigns) {
    const begins = firstMoment(campaign, client);
    const isYetToCome = Temporal.Instant.compare(begins, now) > 0;
    if (isYetToCome) changes.push(begins);
    if (isYetToCome && !future) continue;
    for (const brief of campaign.briefs.values()) {
      try {
        const pictures = await pictureDigests(client, campaign, brief);
        hosted.files.push(...(await filesOf(context, client, { campaign, brief, pictures, pages })));
        hosted.pictures.push(...pictures.map(([src]) => ({ campaign: campaign.name, src })));
      } catch (error) {
        if (!isSecError(error)) throw error;
        warnings.push(`The web version of a mail was left out. ${error.message}`);
      }
    }
  }
  pages.sweep();
  return { ...hosted, changes, warnings };
}

/** Where pages are kept, and the name of what makes them. */
async function openPages(client: Client) {
  const [{ openKeptPages }, { makerName }, { packageRoot }] = await Promise.all([
    import('../../adapters/briefs/kept-pages.ts'),
    import('../../adapters/sources/maker.ts'),
    import('../../adapters/files/package-root.ts'),
  ]);
  return {
    ...openKeptPages(join(client.stateDir, 'mails')),
    maker: makerName(packageRoot(), 'campaign'),
  };
}

type Pages = Awaited<ReturnType<typeof openPages>>;

/** One language of a campaign on its way to the site. */
interface Hosted {
  readonly campaign: Campaign;
  readonly brief: Brief;
  /** With what is in them. */
  readonly pictures: readonly (readonly [src: string, digest: string])[];
  readonly pages: Pages;
}

async function filesOf(context: Context, client: Client, hosted: Hosted): Promise<CampaignFile[]> {
  const { campaign, brief, pages } = hosted;
  const { campaignAddress, campaignUrl, webFile } = await import('../../campaign/hosting.ts');
  const { pageUrl } = await import('../../campaign/page.ts');
  const { url, locales } = client.config;
  const make = async () => {
    const { webVersion } = await import('../../campaign/web-version.ts');
    return webVersion(await compileBrief(context, client, campaign, brief), {
      own: campaignUrl(campaign, webFile(brief), client.config),
      files: campaignUrl(campaign, '', client.config),
      canonical: brief.fields.page ? pageUrl(campaign, brief, { url, locales }) : undefined,
    });
  };
  const text = await pages.get(await keyOf(context, client, hosted), make);
  const page = { address: campaignAddress(campaign, webFile(brief)), file: brief.file, text };
  return [page, ...(await calendarOf(client, campaign, brief))];
}

async function calendarOf(client: Client, campaign: Campaign, brief: Brief): Promise<CampaignFile[]> {
  const sender = findSender(client);
  if (!brief.fields.event || !sender) return [];
  const { calendarFile, campaignAddress } = await import('../../campaign/hosting.ts');
  const { eventCalendar } = await import('../../campaign/calendar.ts');
  const calendar = eventCalendar(campaign, brief, sender);
  if (!calendar) return [];
  const text = new TextDecoder().decode(calendar.content);
  return [{ address: campaignAddress(campaign, calendarFile(campaign, brief)), file: brief.file, text }];
}

/** Names all that a web version is made of. */
async function keyOf(
  context: Context,
  client: Client,
  { campaign, brief, pictures, pages: { maker } }: Hosted,
): Promise<Digest> {
  const { fields, body, language } = brief;
  const sender = findSender(client);
  const template = await readTemplate(context, client, brief);
  return digestOf({
    maker,
    campaign: campaign.name,
    ...{ fields, body, language, sender },
    template: [
      template.source,
      template.words,
      ...[...template.partials].map(([name, { source }]) => [name, source]),
    ],
    pictures,
  });
}

function firstMoment(campaign: Campaign, { timezone }: Client): Temporal.Instant {
  const { starts } = campaign.briefs.get(campaign.language)?.fields ?? {};
  return Temporal.PlainDate.from(starts ?? '')
    .toZonedDateTime(timezone)
    .toInstant();
}
