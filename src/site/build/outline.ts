import { type Digest, sha256 } from '../../core/digest.ts';
import type { LastBuild } from '../build-store.ts';
import type { SiteInput } from '../collect/collect.ts';
import type { PageSource, SiteSources } from '../source/sources.ts';

/**
 * Names all that pages may see of each other and of the site, the moment left out: settings, promotions, every
 * file, and of the pages their fields, but not their texts. Under one outline, a page comes out the same as
 * long as its own text does.
 */
export function outlineOf({ client, sources, promotions, campaignFiles, drafts, future }: SiteInput): Digest {
  const { content, resources, statics, data, layouts, partials, i18n, assets } = sources;
  const files = [resources, statics, data, layouts, partials, i18n, assets].map((list) =>
    list.map((file) => [file.path, file.file, file.sha256]),
  );
  // The lengths keep apart what stands side by side.
  const fronts = content.map(
    ({ path, file, front }) => `${path.length} ${file.length} ${path}${file}${front}`,
  );
  const { name, config, timezone } = client;
  const settings = JSON.stringify([
    ...[name, config, timezone, drafts, future],
    ...[promotions, campaignFiles?.files ?? [], files, fronts.length],
  ]);
  return sha256(`${settings}\n${fronts.join('\n')}`);
}

/** Whether the site is what it was then, but for the texts of pages. */
export function standsStill(
  last: Pick<LastBuild, 'outline' | 'from' | 'until'>,
  outline: Digest,
  now: Temporal.Instant,
): boolean {
  const { epochMilliseconds } = now;
  return (
    last.outline === outline &&
    last.from <= epochMilliseconds &&
    (last.until === null || epochMilliseconds < last.until)
  );
}

const HASH_LENGTH = 64;

/** The content hashes of all texts, one after the other. */
export const textsOf = ({ content }: SiteSources): string => content.map(({ sha256 }) => sha256).join('');

/** The texts that are not what they were. Under one outline there are as many, of the same paths. */
export const changedTexts = ({ content }: SiteSources, before: string): PageSource[] =>
  content.filter(({ sha256 }, n) => before.slice(n * HASH_LENGTH, (n + 1) * HASH_LENGTH) !== sha256);
