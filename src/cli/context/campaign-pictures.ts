import { join } from 'node:path';
import type { Brief, Campaign } from '../../campaign/brief/brief.ts';
import type { Picture, Pictures } from '../../campaign/picture.ts';
import { sha256 } from '../../core/digest.ts';
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

/** Names the pictures of a brief by what is in them, without a look at them as pictures. */
export async function pictureDigests(
  client: Client,
  campaign: Campaign,
  brief: Brief,
): Promise<[src: string, digest: string][]> {
  const { readPictureFile } = await import('../../adapters/briefs/pictures.ts');
  const dir = join(client.campaignsDir, campaign.name);
  return (await wantedPictures(brief)).map(({ src }) => [src, sha256(readPictureFile(dir, src))]);
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
