import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/client.ts';
import type { CampaignFiles } from '../campaign-files.ts';
import type { Pager } from '../lists/pager.ts';
import { checkKind } from '../page/kind.ts';
import type { Page } from '../page/page.ts';
import { readPage } from '../page/read-page.ts';
import { changesOf, isVisible, type Visibility } from '../page/visible.ts';
import type { SitePromotion } from '../promotion.ts';
import type { SiteSources } from '../source/sources.ts';
import { arrangeFiles, type SiteFiles } from './files.ts';
import { activePromotions, promotionChanges } from './promotions.ts';
import { arrange, type SiteModel } from './site-model.ts';
import { campaignPage, missingHomes, missingSections } from './synthetic.ts';

/** What a site is built from, at one moment. */
export interface SiteInput extends Visibility {
  readonly client: Client;
  readonly sources: SiteSources;
  readonly promotions: readonly SitePromotion[];
  readonly campaignFiles?: CampaignFiles | undefined;
}

/** A site read and arranged: everything but its words in HTML. */
export interface Site extends SiteInput {
  readonly model: SiteModel;
  readonly files: SiteFiles;
  /** Pages of every language that have a file, also those that are not on the site now. */
  readonly all: readonly Page[];
  readonly active: readonly SitePromotion[];
  /** What a page lists, by its id, where it lists something in parts. */
  readonly pagers: ReadonlyMap<string, Pager>;
  /** The promotion behind a campaign's page, by the page's id. */
  readonly promotionOf: ReadonlyMap<string, SitePromotion>;
  readonly siteFile: string;
  readonly warnings: readonly string[];
  /** Moments at which the site changes by itself, soonest first. */
  readonly changes: readonly Temporal.Instant[];
}

/** What errors call a client's own settings. */
export const siteFileOf = (client: Client) => `sites/${client.name}/site.yaml`;

/**
 * Reads and arranges a site.
 *
 * @throws all that `readPage` throws, ADDRESS_UNSAFE, FIELD_INVALID for a site below a folder of its domain
 */
export function collectSite(input: SiteInput): Site {
  const { client, sources, promotions, now } = input;
  const { timezone, config } = client;
  const settings = { locales: config.locales, timezone };
  refuseFolder(client);
  const warnings: string[] = [];
  const all: Page[] = [];
  for (const source of sources.content) {
    const page = readPage(source, settings, sources.fronts);
    if ('foreign' in page)
      warnings.push(
        `${source.file} is in a language (${page.foreign}) that site.yaml does not list, and was left out.`,
      );
    else all.push(page);
  }
  for (const page of all) checkKind(page, config.kinds);
  const visible: Page[] = [];
  for (const page of all) {
    const { date, publishDate, expiryDate, draft } = page;
    if (isVisible(page, input)) visible.push(page);
    else if (date && !publishDate && !draft && !expiryDate)
      warnings.push(`${page.file} is not on the site yet: its date is ${date.toPlainDate()}.`);
  }

  for (const { path, file } of [...sources.resources, ...sources.statics])
    if (/\.(heic|heif|tiff?)$/i.test(path))
      warnings.push(
        `${file} would be on the site as it is, with what the camera wrote into it, such as the place. Most browsers do not show it: save it as JPG.`,
      );

  const siteFile = siteFileOf(client);
  const active = activePromotions(promotions, now, timezone, input.future).filter(({ language }) =>
    config.locales.includes(language),
  );
  const promotionOf = new Map<string, SitePromotion>();
  for (const promotion of active) {
    if (!promotion.page) continue;
    const page = campaignPage(
      promotion,
      settings,
      `campaigns/${client.name}/${promotion.campaign}/campaign.md`,
    );
    promotionOf.set(page.id, promotion);
    visible.push(page);
  }
  visible.push(...missingSections(visible, settings));
  visible.push(...missingHomes(visible, settings, config.name, siteFile));
  return {
    ...input,
    siteFile,
    all,
    active,
    promotionOf,
    pagers: new Map(),
    warnings,
    promotions,
    model: arrange(visible, config.locales),
    files: arrangeFiles(sources, { visible, all, locales: config.locales }),
    changes: [
      ...all.flatMap((page) => changesOf(page, now)),
      ...promotionChanges(promotions, now, timezone),
      ...(input.campaignFiles?.changes ?? []),
    ].sort(Temporal.Instant.compare),
  };
}

/** Links, pictures and the theme's files are addressed from the root of the domain. */
function refuseFolder(client: Client): void {
  const { pathname, origin } = new URL(client.config.url);
  if (pathname === '/') return;
  throw fail('FIELD_INVALID', {
    file: siteFileOf(client),
    field: 'url',
    problem: `a site that sec builds lies at the root of its domain, not below ${pathname}`,
    fits: `Write url: ${origin}, and give the site a domain of its own, such as shop.example.com.`,
  });
}

/** The campaign's page in one language, where it has one. */
export function promotionAddress(site: Site, promotion: SitePromotion): string {
  for (const [id, other] of site.promotionOf)
    if (other === promotion) return site.model.byId.get(id)?.url ?? '';
  return '';
}
