import { join } from 'node:path';
import { privateFolder } from '../../adapters/files/atomic.ts';
import { packageRoot } from '../../adapters/files/package-root.ts';
import type { CampaignPicture } from '../../adapters/sources/campaign-files.ts';
import type { KnownFiles } from '../../adapters/sources/known-files.ts';
import type { ReadTools } from '../../adapters/sources/read-site.ts';
import { fail } from '../../core/errors/index.ts';
import type { Work } from '../../core/progress.ts';
import type { Crew } from '../../site/build/crew.ts';
import type { BuildResult } from '../../site/build.ts';
import { promotionPictures } from '../../site/collect/promotion-pictures.ts';
import { activePromotions } from '../../site/collect/promotions.ts';
import { type AddedPicture, withPending } from '../../site/edit/pending-sources.ts';
import type { SitePromotion } from '../../site/promotion.ts';
import type { Release, ReleaseContent } from '../../site/release.ts';
import type { SiteSources } from '../../site/source/sources.ts';
import type { Client } from '../../workspace/index.ts';
import { type BuildFlags, buildDir } from './build-flags.ts';
import { sitePromotions, unfinishedPromotions } from './campaign.ts';
import type { Context } from './context.ts';

/**
 * Builds a client's site, or has its own generator build it.
 *
 * @throws THEME_MISSING, GENERATOR_FAILED, OUTPUT_REFUSED, and what is wrong with the sources; the last good build is kept then
 */
export async function* buildSite(
  context: Context,
  client: Client,
  flags: BuildFlags = {},
): Work<BuildResult> {
  if (flags.out !== undefined) {
    const { refuseLivePlace } = await import('./live-places.ts');
    await refuseLivePlace(context, flags.out, { whole: true });
  }
  const result = yield* makeBuild(context, client, flags);
  if (flags.out !== undefined) {
    const { writeOut } = await import('../../adapters/sources/out-folder.ts');
    const listFile = join(buildDir(client), 'out.json');
    writeOut(flags.out, result, { listFile, name: context.workspace().relative(flags.out) });
  }
  return result;
}

async function* makeBuild(context: Context, client: Client, flags: BuildFlags): Work<BuildResult> {
  const { build: maker } = client.config;
  if (maker !== 'builtin') {
    const { buildForeign } = await import('./foreign-build.ts');
    const result = yield* buildForeign(context, client, maker, flags);
    return { ...result, warnings: [...(await unfinishedPromotions(context, client)), ...result.warnings] };
  }
  const [{ openCrew }, { objectsDir }, { growAtOnce }] = await Promise.all([
    import('../../adapters/sources/crew.ts'),
    import('../../adapters/sources/build-folder.ts'),
    import('../../adapters/sources/young-memory.ts'),
  ]);
  growAtOnce();
  const crew = openCrew(objectsDir(flags.folder ?? buildDir(client)));
  try {
    return yield* makeOwn(context, client, flags, crew);
  } finally {
    crew?.end();
  }
}

async function* makeOwn(
  context: Context,
  client: Client,
  flags: BuildFlags,
  crew: Crew | undefined,
): Work<BuildResult> {
  const begun = performance.now();
  const dir = flags.folder ?? buildDir(client);
  const now = (flags.clock ?? context.clock).now();
  const [{ buildFolder }, { makerName }, { buildSite: build }, promotions, hosted, notices] =
    await Promise.all([
      import('../../adapters/sources/build-folder.ts'),
      import('../../adapters/sources/maker.ts'),
      import('../../site/build.ts'),
      sitePromotions(context, client),
      import('./campaign-site.ts').then(({ hostedFiles }) => hostedFiles(context, client, now, flags.future)),
      unfinishedPromotions(context, client),
    ]);
  const active = activePromotions(promotions, now, client.timezone, flags.future);
  const { openKnownFiles } = await import('../../adapters/sources/known-files.ts');
  const { CREW_PAGES } = await import('../../site/build/crew.ts');
  const known = openKnownFiles(privateFolder(dir), flags.settledMs);
  const wanted = [...active.filter(({ page }) => page).flatMap(picturesOf), ...hosted.pictures];
  const sources = await readSources(context, client, wanted, known, (pages) =>
    pages >= CREW_PAGES ? crew?.prepare() : undefined,
  );
  const input = {
    client,
    sources: withPending(sources, { ...flags, added: await measureAdded(client, flags.added) }),
    promotions,
    campaignFiles: { files: hosted.files, changes: hosted.changes },
    now,
    drafts: flags.drafts ?? false,
    future: flags.future ?? false,
  };
  if (flags.prepared?.settle?.(input)) {
    known.save();
    return flags.prepared;
  }
  const { pictureMaker } = await import('../../adapters/images/picture-maker.ts');
  const result = yield* build({
    ...input,
    store: buildFolder(dir, client.name),
    isKept: flags.keep !== false,
    maker: flags.maker ?? makerName(packageRoot()),
    elapsed: () => performance.now() - begun,
    signal: context.signal,
    notices: [...notices, ...hosted.warnings],
    keepSources: () => known.save(),
    crew,
    pictures: pictureMaker(join(buildDir(client), 'pictures'), context.signal),
  });
  known.save();
  return result;
}

const picturesOf = (promotion: SitePromotion): CampaignPicture[] =>
  promotionPictures(promotion).map((src) => ({ campaign: promotion.campaign, src }));

async function measureAdded(
  client: Client,
  added: readonly AddedPicture[] = [],
): Promise<readonly AddedPicture[]> {
  if (added.length === 0) return added;
  const { pictureMeasure } = await import('../../adapters/images/measure.ts');
  const { measure } = pictureMeasure(buildDir(client));
  return Promise.all(added.map(async (one) => ({ ...one, source: await measure(one.source) })));
}

/**
 * The newest build of a client, or the one that a digest (or its beginning) names.
 *
 * @throws BUILD_UNKNOWN
 */
export async function openBuild(
  client: Client,
  digest?: string,
): Promise<{ release: Release; content: ReleaseContent }> {
  const { findBuild } = await import('../../adapters/sources/build-folder.ts');
  const found = findBuild(buildDir(client), client.name, digest);
  if (!found) throw fail('BUILD_UNKNOWN', { release: digest ?? 'newest', client: client.name });
  return found;
}

/**
 * Reads all that a client's site is made of.
 *
 * @param wanted pictures of campaigns
 * @param expect is told how many pages must be read, before they are, and may want to be told each
 * @throws THEME_MISSING, SYMLINK_REFUSED, FILE_NOT_TEXT
 */
export async function readSources(
  context: Context,
  client: Client,
  wanted: readonly CampaignPicture[],
  known: KnownFiles,
  expect?: ReadTools['expect'],
): Promise<SiteSources> {
  const [{ findTheme }, { readSite }, { pictureMeasure }, { findCampaignPictures }] = await Promise.all([
    import('../../adapters/sources/themes.ts'),
    import('../../adapters/sources/read-site.ts'),
    import('../../adapters/images/measure.ts'),
    import('../../adapters/sources/campaign-files.ts'),
  ]);
  const { root, relative } = context.workspace();
  const pictures = pictureMeasure(buildDir(client));
  const sources = await readSite(
    {
      site: client.siteDir,
      theme: findTheme([root, packageRoot()], client.config.theme, client.name),
      extra: findCampaignPictures(client.campaignsDir, wanted, relative),
    },
    { name: relative, measure: pictures.measure, known, expect },
  );
  pictures.save();
  return sources;
}
