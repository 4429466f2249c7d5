import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import { follow } from '../../site/page/address.ts';
import type { NameOf } from './read-files.ts';
import type { FoundFile } from './walk.ts';

/** A picture that a campaign's brief names, relative to the campaign's folder. */
export interface CampaignPicture {
  readonly campaign: string;
  readonly src: string;
}

/**
 * Finds the pictures of campaigns, with the paths they get on the site. One that is not there is passed over:
 * `sec promo check` tells of it.
 *
 * @throws SYMLINK_REFUSED, LINK_OUTSIDE
 */
export function findCampaignPictures(
  campaignsDir: string,
  pictures: readonly CampaignPicture[],
  name: NameOf,
): FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (const { campaign, src } of pictures) {
    const folder = join(campaignsDir, campaign);
    const inside = follow('', src.replace(/^\/+/, ''));
    if (inside === undefined)
      throw fail('LINK_OUTSIDE', { file: name(join(folder, 'campaign.md')), path: src });
    const location = join(folder, inside);
    const path = `campaigns/${campaign}/${inside}`;
    if (isFile(location, name)) found.set(path, { path, location });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isFile(location: string, name: NameOf): boolean {
  const stat = lstatSync(location, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) throw fail('SYMLINK_REFUSED', { file: name(location) });
  return stat?.isFile() === true;
}
