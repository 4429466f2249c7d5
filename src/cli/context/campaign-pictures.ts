import { join } from 'node:path';
import type { Brief, Campaign } from '../../campaign/brief/brief.ts';
import type { Picture, Pictures } from '../../campaign/picture.ts';
import { fail, type Place } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';

/** Whether sec builds this client's site and knows where it goes, so that a campaign's files can lie on it. */
export const hasOwnSite = ({ config }: Client): boolean =>
  config.build === 'builtin' && config.host !== undefined;

/**
 * The pictures of a brief that lie in its folder, by the address that the brief writes.
 *
 * @throws PICTURE_UNUSABLE
 */
export async function readPictures(client: Client, campaign: Campaign, brief: Brief): Promise<Pictures> {
  const wanted = await wantedPictures(brief);
  const pictures = new Map<string, Picture>();
  if (wanted.length === 0) return pictures;
  const [{ readPicture }, { campaignUrl, isHosted }] = await Promise.all([
    import('../../adapters/briefs/pictures.ts'),
    import('../../campaign/hosting.ts'),
  ]);
  const { url } = client.config;
  const hosted = isHosted(campaign, { url, hasSite: hasOwnSite(client) });
  for (const { src, place } of wanted) {
    const picture = await readPicture(join(client.campaignsDir, campaign.name), src, new URL(url).hostname);
    if (typeof picture === 'string')
      throw fail('PICTURE_UNUSABLE', { ...place, picture: src, problem: picture });
    pictures.set(src, hosted ? { ...picture, url: campaignUrl(campaign, src, { url }) } : picture);
  }
  return pictures;
}

/** The same of all briefs of a campaign, by language. @throws PICTURE_UNUSABLE */
export async function picturesByLanguage(
  client: Client,
  campaign: Campaign,
): Promise<ReadonlyMap<string, readonly Picture[]>> {
  const found = new Map<string, readonly Picture[]>();
  for (const [language, brief] of campaign.briefs)
    found.set(language, [...(await readPictures(client, campaign, brief)).values()]);
  return found;
}

/** Each picture of the campaign's folder that a brief shows, and where it says so. */
async function wantedPictures(brief: Brief): Promise<{ src: string; place: Place }[]> {
  const [{ localPictures }, { isLocal }] = await Promise.all([
    import('../../campaign/markdown.ts'),
    import('../../campaign/picture.ts'),
  ]);
  const { hero } = brief.fields;
  return [
    ...(hero && isLocal(hero.src) ? [{ src: hero.src, place: brief.place(['hero', 'src']) }] : []),
    ...localPictures(brief.body).map(({ target, line }) => ({
      src: target,
      place: { file: brief.bodyFile, line: brief.bodyLine + line - 1 },
    })),
  ];
}
