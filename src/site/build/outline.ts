import { type Digest, sha256 } from '../../core/digest.ts';
import type { LastBuild } from '../build-store.ts';
import type { SiteInput } from '../collect/collect.ts';

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
  const fronts = content.map(({ path, file, front }) => [path, file, front]);
  const { name, config, timezone } = client;
  const left = campaignFiles?.files ?? [];
  return sha256(JSON.stringify([name, config, timezone, drafts, future, promotions, left, files, fronts]));
}

/** Whether the site is what it was then, but for the texts of pages. */
export function standsStill(last: LastBuild, outline: Digest, now: Temporal.Instant): boolean {
  const { epochMilliseconds } = now;
  return (
    last.outline === outline &&
    last.from <= epochMilliseconds &&
    (last.until === null || epochMilliseconds < last.until)
  );
}
