import type { Campaign } from '../../campaign/brief/brief.ts';
import { mainBrief } from '../../campaign/brief/brief.ts';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { readPictures } from './campaign-pictures.ts';
import type { Context } from './context.ts';

/**
 * Refuses a campaign whose mails show pictures from the client's site while the site does not have them, or has
 * others under their names: every reader would see empty frames. Before the campaign's first day nothing is asked:
 * it cannot be sent then.
 *
 * @throws PICTURES_NOT_LIVE, PICTURE_UNUSABLE
 */
export async function requirePictures(context: Context, client: Client, campaign: Campaign): Promise<void> {
  const { starts } = mainBrief(campaign).fields;
  const today = context.clock.now().toZonedDateTimeISO(client.timezone).toPlainDate();
  if (starts && Temporal.PlainDate.compare(starts, today) > 0) return;
  const wanted = new Map<string, string>();
  for (const brief of campaign.briefs.values())
    for (const [src, { url, content }] of await readPictures(client, campaign, brief))
      if (url !== undefined)
        wanted.set(`campaigns/${campaign.name}/${src.replace(/^(\.\/)+/, '')}`, sha256(content));
  if (wanted.size === 0) return;
  const { liveFiles } = await import('./live-files.ts');
  const live = await liveFiles(context, client);
  const missing =
    live.kind === 'unknown'
      ? [...wanted.keys()]
      : [...wanted].filter(([path, digest]) => live.files.get(path)?.sha256 !== digest).map(([path]) => path);
  if (missing.length > 0)
    throw fail('PICTURES_NOT_LIVE', {
      client: client.name,
      campaign: campaign.name,
      pictures: missing,
      ...(live.kind === 'unknown' ? { why: live.why } : {}),
    });
}
